package io.plumbline.local;

/** The ports of a local system's parts; 0 for any. */
public record LocalPorts(int kafka, int postgres, int mongo, int redis) {

    public static LocalPorts any() {
        return new LocalPorts(0, 0, 0, 0);
    }
}
