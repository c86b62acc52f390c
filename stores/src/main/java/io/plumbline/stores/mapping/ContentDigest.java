package io.plumbline.stores.mapping;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * 128 bits of SHA-256 over a canonical encoding of normalised cells: a letter for the kind, the length, the bytes;
 * numbers as stripped decimals whatever they were read from.
 *
 * <p>Equal normalised content has equal digests on either side. Where a field has a tolerance, contents can compare as
 * equal with different digests: so digests are only used to see that one side stood still, or that what was written is
 * what was planned.
 */
final class ContentDigest {

    private final MessageDigest sha;

    private ContentDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(Cells cells) {
        ContentDigest digest = new ContentDigest();
        for (int i = 0; i < cells.size(); i++) {
            digest.add(cells, i);
        }
        return HexFormat.of().formatHex(Arrays.copyOf(digest.sha.digest(), 16));
    }

    private void add(Cells cells, int cell) {
        switch (cells.kind(cell)) {
            case NULL -> add('0', new byte[0], 0, 0);
            case LONG, DECIMAL, BIG_DECIMAL, DOUBLE -> add('n', number(cells, cell));
            case TEXT -> add('t', cells.buffer(cell), cells.offset(cell), cells.length(cell));
            case BOOLEAN -> add('b', Long.toString(cells.number(cell)));
            case INSTANT -> add('i', Long.toString(cells.number(cell)));
            case UUID -> add('u', CellText.of(cells, cell));
            case BINARY -> add('x', cells.buffer(cell), cells.offset(cell), cells.length(cell));
            case OBJECT_ID -> add('o', cells.buffer(cell), cells.offset(cell), cells.length(cell));
            case OTHER -> add('?', cells.buffer(cell), cells.offset(cell), cells.length(cell));
            case TREE -> add('j', Tree.text(cells.object(cell)));
        }
    }

    private static String number(Cells cells, int cell) {
        if (!cells.isFinite(cell)) {
            return Double.toString(cells.doubleAt(cell));
        }
        BigDecimal value = cells.decimal(cell);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }

    private void add(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(kind, bytes, 0, bytes.length);
    }

    private void add(char kind, byte[] bytes, int at, int length) {
        sha.update((byte) kind);
        sha.update(ByteBuffer.allocate(4).putInt(length).array());
        sha.update(bytes, at, length);
    }
}
