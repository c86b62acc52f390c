package io.plumbline.stores.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.topics.config.PostgresConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceAddressTest {

    @Test
    void shouldTakeAUrlApart() {
        assertThat(address("jdbc:postgresql://db.example:5433/debts?sslmode=require&options=a%20b"))
                .isEqualTo(new SourceAddress(
                        "db.example", "5433", "debts", Map.of("sslmode", "require", "options", "a b")));
    }

    @Test
    void shouldFillInWhatTheUrlLeavesOut() {
        assertThat(address("jdbc:postgresql://db.example/"))
                .isEqualTo(new SourceAddress("db.example", "5432", "app", Map.of()));
        assertThat(address("jdbc:postgresql:debts"))
                .isEqualTo(new SourceAddress("localhost", "5432", "debts", Map.of()));
    }

    @Test
    void shouldKeepSeveralHostsAndNumericOnesTogether() {
        assertThat(address("jdbc:postgresql://one:5432,two:5433/debts"))
                .isEqualTo(new SourceAddress("one:5432,two", "5433", "debts", Map.of()));
        assertThat(address("jdbc:postgresql://[::1]:5433/debts"))
                .isEqualTo(new SourceAddress("[::1]", "5433", "debts", Map.of()));
    }

    @Test
    void shouldRefuseAnotherDatabasesUrlWithoutShowingIt() {
        assertThatThrownBy(() -> address("jdbc:mysql://localhost/debts?password=secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://host:port/database")
                .hasMessageNotContaining("secret");
    }

    private static SourceAddress address(String url) {
        return SourceAddress.of(new PostgresConfig(url, "app", "plumbline", "plumbline", 4));
    }
}
