package io.plumbline.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Tells what is alive in another JVM's heap: has it collect all garbage, and looks at what is left. */
final class HeapProbe implements AutoCloseable {

    private static final double MB = 1_048_576;

    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private HeapProbe(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    /** Attaches to a JVM of this user. */
    @SuppressWarnings("BanJNDI") // the address is given by the process that was started here, and leads to it
    static HeapProbe attach(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
                return new HeapProbe(JMXConnectorFactory.connect(address));
            } finally {
                machine.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot attach to process " + pid, e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("cannot attach to process " + pid + ": it must be a JVM of this user", e);
        }
    }

    double liveMb() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MB;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the connection to a JVM cannot be closed", e);
        }
    }
}
