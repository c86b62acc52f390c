package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessReadingsTest {

    @Test
    void shouldReadTheNumberOfALineOfProc() {
        assertThat(Footprint.value(List.of("Name:\tjava", "VmRSS:\t  2048 kB", "Threads:\t17"), "VmRSS:"))
                .isEqualTo(2_048);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "there is no /proc elsewhere")
    void shouldTellWhatThisProcessTakes() {
        Footprint footprint = Footprint.of(ProcessHandle.current().pid());

        assertThat(footprint.residentMb()).isBetween(10.0, footprint.peakMb() + 1);
        assertThat(footprint.threads()).isGreaterThan(1);
        assertThat(footprint.handles()).isGreaterThan(2);
    }

    @Test
    void shouldAddUpTheFilesOfADirectoryAndThoseBelow(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("a"), new byte[1_048_576]);
        Files.write(Files.createDirectory(directory.resolve("below")).resolve("b"), new byte[524_288]);

        assertThat(DirectorySize.mb(directory)).isCloseTo(1.5, Offset.offset(1e-9));
        assertThat(DirectorySize.mb(directory.resolve("nowhere"))).isZero();
    }
}
