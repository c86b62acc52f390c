package io.plumbline.runtime;

/** Why a process has ended, for who restarts it; the JVM itself ends with 3 where memory runs out. Asked to end by a signal and ended in order, it is the JVM's 143. */
public enum ExitStatus {
    /** It stopped without committing what it could not do: Kafka stayed away, or a bug. To be restarted. */
    FAILED(1),
    /** It cannot start with this configuration, or with the topics that there are. Restarting does not help. */
    CONFIGURATION(2),
    /** Kafka could not be used when it started. To be restarted. */
    KAFKA(5),
    /** Some part did not end in order and in time; what it had in hand is not committed, and will be done again. */
    NOT_IN_ORDER(4);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
