package io.plumbline.local.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;

@AnalyzeClasses(packages = "io.plumbline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrows_point_one_way = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("topics")
            .definedBy("io.plumbline.topics..")
            .layer("runtime")
            .definedBy("io.plumbline.runtime..")
            .layer("stores")
            .definedBy("io.plumbline.stores..")
            .layer("runs")
            .definedBy("io.plumbline.runs..")
            .layer("ticker")
            .definedBy("io.plumbline.ticker..")
            .layer("reconciler")
            .definedBy("io.plumbline.reconciler..")
            .layer("repairer")
            .definedBy("io.plumbline.repairer..")
            .layer("gap-detector")
            .definedBy("io.plumbline.detector..")
            .layer("cli")
            .definedBy("io.plumbline.cli..")
            .layer("local")
            .definedBy("io.plumbline.local..")
            .whereLayer("topics")
            .mayNotAccessAnyLayer()
            .whereLayer("runtime")
            .mayOnlyAccessLayers("topics")
            .whereLayer("stores")
            .mayOnlyAccessLayers("topics")
            .whereLayer("runs")
            .mayOnlyAccessLayers("topics", "runtime")
            .whereLayer("ticker")
            .mayOnlyAccessLayers("topics", "runtime")
            .whereLayer("reconciler")
            .mayOnlyAccessLayers("topics", "runtime", "stores", "runs")
            .whereLayer("repairer")
            .mayOnlyAccessLayers("topics", "runtime", "stores")
            .whereLayer("gap-detector")
            .mayOnlyAccessLayers("topics", "runtime", "stores", "runs")
            .whereLayer("cli")
            .mayOnlyAccessLayers("topics", "runtime")
            .whereLayer("local")
            .mayNotBeAccessedByAnyLayer()
            .because("apps meet in topics only: each can be run, scaled and replaced alone");

    @ArchTest
    static final ArchRule only_stores_speak_to_stores = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.plumbline.stores..",
                    "io.plumbline.local..",
                    "io.plumbline.reconciler.feed..",
                    "io.plumbline.reconciler.notify..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "com.mongodb..",
                    "org.bson..",
                    "org.postgresql..",
                    "com.zaxxer..",
                    "redis..",
                    "java.net.http.."))
            .because("a store behind its port can be joined by another; the outbox feed is a reader of the log itself,"
                    + " and a webhook is no store");

    @ArchTest
    static final ArchRule streams_do_no_store_io = noClasses()
            .that()
            .implement(Processor.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "com.mongodb..", "redis..", "java.net..", "java.nio.file..")
            .because("streams decide, workers touch");

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that()
            .resideOutsideOfPackage("io.plumbline.local..")
            .and()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("what depends on the time has to be tested at any time");

    @ArchTest
    static final ArchRule meters_have_owners = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Metrics")
            .should()
            .callMethod(Counter.class, "builder", String.class)
            .orShould()
            .callMethod(Timer.class, "builder", String.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Gauge.Builder.class)
            .because("the table of meters is held against those that these classes make");

    @ArchTest
    static final ArchRule names_say_a_role = noClasses()
            .should()
            .haveNameMatching(".*(Utils|Util|Manager|Helper|Impl|Service)")
            .because("a class is named by the one thing it does");
}
