package io.plumbline.stores.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Numbers compare by value whatever they are stored as; the oracle is {@link BigDecimal#compareTo}. */
class NumberComparisonTest {

    private final TestMapping exact = TestMapping.of("numeric", SourceType.NUMERIC, TestMapping.field());

    @Property
    void shouldAgreeWithDecimalsForEveryPairOfTypes(
            @ForAll("numbers") BigDecimal source, @ForAll("values") BsonValue target) {
        BigDecimal value = value(target);

        assertThat(exact.same(cells(source), target)).isEqualTo(source.compareTo(value) == 0);
        assertThat(exact.same(cells(value), target)).isTrue();
    }

    @Property
    void shouldHaveEqualDigestsExactlyWhereEqual(
            @ForAll("numbers") BigDecimal source, @ForAll("values") BsonValue target) {
        String digest = exact.target(target).digest();

        assertThat(exact.source(cells(value(target))).digest()).isEqualTo(digest);
        assertThat(exact.source(cells(source)).digest().equals(digest)).isEqualTo(exact.same(cells(source), target));
    }

    @Property
    void shouldCompareDoublesOfBothSides(@ForAll double source, @ForAll double target) {
        TestMapping floats = TestMapping.of("float8", SourceType.FLOAT8, TestMapping.field());
        Cells cells = TestMapping.cells();
        cells.setDouble(0, source);

        assertThat(floats.same(cells, new BsonDouble(target))).isEqualTo(source == target);
        assertThat(floats.same(cells.copy(), new BsonDouble(source))).isTrue();
    }

    @Property
    void shouldRoundHalfUpToTheScale(@ForAll("numbers") BigDecimal source, @ForAll("values") BsonValue target) {
        TestMapping scaled = TestMapping.of(
                "numeric", SourceType.NUMERIC, TestMapping.field().scale(2));

        boolean equal =
                source.setScale(2, RoundingMode.HALF_UP).compareTo(value(target).setScale(2, RoundingMode.HALF_UP))
                        == 0;
        assertThat(scaled.same(cells(source), target)).isEqualTo(equal);
    }

    @Property
    void shouldTolerateWhatIsDeclared(@ForAll("numbers") BigDecimal source, @ForAll("values") BsonValue target) {
        TestMapping tolerant = TestMapping.of(
                "numeric", SourceType.NUMERIC, TestMapping.field().tolerance("0.5"));

        boolean near = source.subtract(value(target)).abs().compareTo(new BigDecimal("0.5")) <= 0;
        assertThat(tolerant.same(cells(source), target)).isEqualTo(near);
    }

    @Property
    void shouldCompareSinglesAsSingles(@ForAll float source) {
        TestMapping floats = TestMapping.of("float4", SourceType.FLOAT4, TestMapping.field());
        Cells cells = TestMapping.cells();
        cells.setDouble(0, Double.parseDouble(Float.toString(source)));

        assertThat(floats.same(cells, new BsonDouble(source))).isTrue();
        assertThat(floats.same(cells, new BsonDouble(Double.parseDouble(Float.toString(source)))))
                .isTrue();
    }

    @Property
    void shouldPlanWhatReadsBackAsEqual(@ForAll("numbers") BigDecimal source) {
        TestMapping plain = TestMapping.of(
                "numeric",
                SourceType.NUMERIC,
                TestMapping.field().type(io.plumbline.topics.config.FieldConfig.Type.NUMBER));

        assertThat(exact.mapping().same(exact.source(cells(source)).values(), planned(exact, source)))
                .isTrue();
        assertThat(plain.mapping().same(plain.source(cells(source)).values(), planned(plain, source)))
                .isTrue();
    }

    private static Cells planned(TestMapping mapping, BigDecimal source) {
        return mapping.source(cells(source)).planned().values();
    }

    @Example
    void shouldKnowWhatIsNotFinite() {
        Cells nan = TestMapping.cells();
        nan.setDouble(0, Double.NaN);
        Cells infinite = TestMapping.cells();
        infinite.setDouble(0, Double.POSITIVE_INFINITY);

        assertThat(exact.same(nan.copy(), new BsonDouble(Double.NaN))).isTrue();
        assertThat(exact.same(nan.copy(), new BsonDecimal128(Decimal128.NaN))).isTrue();
        assertThat(exact.same(infinite.copy(), new BsonDecimal128(Decimal128.POSITIVE_INFINITY)))
                .isTrue();
        assertThat(exact.same(infinite.copy(), new BsonDecimal128(Decimal128.NEGATIVE_INFINITY)))
                .isFalse();
        assertThat(exact.same(cells(BigDecimal.ZERO), new BsonDecimal128(Decimal128.NEGATIVE_ZERO)))
                .isTrue();
        assertThat(exact.same(cells(BigDecimal.ZERO), new BsonDouble(-0.0))).isTrue();
        assertThat(exact.same(cells(BigDecimal.ONE), new BsonDouble(Double.NaN)))
                .isFalse();
    }

    @Example
    void shouldRefuseWhatTheTargetCannotHold() {
        Cells tooLong = cells(new BigDecimal("1.23456789012345678901234567890123456789"));

        assertThat(exact.mapping().convertSource(tooLong)).contains("39 digits");
        assertThat(exact.mapping().convertSource(cells(new BigDecimal("1e7000"))))
                .contains("exponent");
    }

    private static Cells cells(BigDecimal value) {
        Cells cells = TestMapping.cells();
        cells.setDecimal(0, value);
        return cells;
    }

    private static BigDecimal value(BsonValue value) {
        return switch (value) {
            case BsonInt32 number -> BigDecimal.valueOf(number.getValue());
            case BsonInt64 number -> BigDecimal.valueOf(number.getValue());
            case BsonDouble number -> decimal(number.getValue());
            case BsonDecimal128 number -> number.getValue().bigDecimalValue();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    /** Whole doubles of 64 bits are exactly what they are, others the shortest decimal that reads back as them. */
    private static BigDecimal decimal(double value) {
        return (long) value == value && value < 0x1p63 ? new BigDecimal(value) : BigDecimal.valueOf(value);
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        Arbitrary<Long> unscaled = Arbitraries.oneOf(
                Arbitraries.longs().between(-300, 300),
                Arbitraries.longs(),
                Arbitraries.longs().between(-100_000, 100_000));
        return Combinators.combine(unscaled, Arbitraries.integers().between(0, 12))
                .as((digits, scale) -> BigDecimal.valueOf(digits, scale));
    }

    @Provide
    Arbitrary<BsonValue> values() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-300, 300).map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                numbers().map(number -> new BsonDouble(number.doubleValue())),
                Arbitraries.doubles().between(-1e300, 1e300).map(BsonDouble::new),
                numbers().map(number -> new BsonDecimal128(new Decimal128(number))));
    }
}
