package io.plumbline.stores.mapping;

/** How a source column travels to us: the few types that PostgreSQL's many are cast to in a select list. */
public enum SourceType {
    INTEGER("int8"),
    FLOAT4("float4"),
    FLOAT8("float8"),
    NUMERIC("numeric"),
    TEXT("text"),
    BOOLEAN("bool"),
    UUID("uuid"),
    DATE("date"),
    TIMESTAMP("timestamp"),
    TIMESTAMPTZ("timestamptz"),
    BYTEA("bytea"),
    /** {@code json} and {@code jsonb}; travels as text. */
    JSON("text"),
    /** Arrays; travel as the text of their JSON form. */
    ARRAY("text");

    private final String wire;

    SourceType(String wire) {
        this.wire = wire;
    }

    /** The PostgreSQL type that a column of this type is cast to. */
    public String wire() {
        return wire;
    }
}
