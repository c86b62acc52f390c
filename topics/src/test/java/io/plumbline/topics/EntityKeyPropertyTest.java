package io.plumbline.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.topics.record.EntityKey;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class EntityKeyPropertyTest {

    @Property(tries = 2000)
    void shouldReadWhatItWrites(@ForAll("keys") EntityKey key) {
        assertThat(EntityKey.parse(key.text())).isEqualTo(key);
    }

    @Property(tries = 2000)
    void shouldHaveEqualTextsOnlyWhenEqual(@ForAll("keys") EntityKey one, @ForAll("keys") EntityKey other) {
        assertThat(one.text().equals(other.text())).isEqualTo(one.equals(other));
    }

    @Property(tries = 1000)
    void shouldHoldNoControlCharacterAndOneSlashPerPart(@ForAll("keys") EntityKey key) {
        assertThat(key.text().chars()).noneMatch(c -> c < 0x20 || c == 0x7f);
        assertThat(key.text().chars().filter(c -> c == '/')).hasSize(key.parts().size());
    }

    @Property(tries = 1000)
    void shouldBeReadFromItsPartsAloneWhenTheDatasetIsKnown(@ForAll("keys") EntityKey key) {
        String parts =
                key.text().substring(EntityKey.of(key.dataset(), "").text().length());

        assertThat(EntityKey.parse(key.dataset(), parts)).isEqualTo(key);
    }

    @Example
    void shouldRefuseWhatIsNoKey() {
        for (String text : List.of("clients", "", "clients/%", "clients/%4", "clients/%zz")) {
            assertThatThrownBy(() -> EntityKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<EntityKey> keys() {
        Arbitrary<String> nasty = Arbitraries.strings()
                .withChars('%', '/', ' ', '2', 'f', '\n', '\u007f', '\u0000', 'ä', '漢', '.', '"', '\\')
                .ofMaxLength(5);
        Arbitrary<String> emoji = Arbitraries.of("\uD83D\uDE00", "a\uD83D\uDE00%");
        Arbitrary<String> part = Arbitraries.frequencyOf(Tuple.of(5, nasty), Tuple.of(1, emoji));
        return part.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(parts -> Arbitraries.of("clients", "a/b", "%").map(dataset -> new EntityKey(dataset, parts)));
    }
}
