package dev.smt.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.generate.PlantedFleet.Member;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlantedFleetTest {
    private static final String LARGE =
            """
            models = 252, clusters = 20, surfaces = [feed, search, reels, stories]
            countries = [br, de, fr, in, jp, mx, us], stages = [retrieval, pre-ranking, ranking]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", "stages = [ranking]", "models = 6", LARGE})
    void modelsAreFarNearerToTheirOwnClusterThanToAnother(String hocon) {
        GenerateConfiguration configuration = Worlds.configuration(hocon);
        List<Member> members = PlantedFleet.of(configuration).models();
        assertThat(members).hasSize(configuration.models());
        assertThat(members.stream().map(Member::cluster).distinct()).hasSize(configuration.clusters());
        for (Member a : members) {
            for (Member b : members) {
                double distance = distance(a.model(), b.model());
                if (a.cluster() == b.cluster()) {
                    assertThat(distance).isLessThan(0.1);
                } else {
                    assertThat(distance)
                            .as(a.model().id() + ", " + b.model().id())
                            .isGreaterThan(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", LARGE})
    void noTwoModelsAreTheSame(String hocon) {
        List<Member> members = PlantedFleet.of(Worlds.configuration(hocon)).models();
        assertThat(members.stream().map(member -> member.model().id())).doesNotHaveDuplicates();
        assertThat(members.stream()
                        .map(member -> List.of(
                                member.model().pipeline(),
                                member.label(),
                                member.model().stage())))
                .doesNotHaveDuplicates();
    }

    /** Number of different attributes, stage in steps, FLOPs in decades. */
    private static double distance(FleetModel a, FleetModel b) {
        return Math.abs(a.stage().ordinal() - b.stage().ordinal())
                + Math.abs(Math.log10(a.flops() / b.flops()))
                + differs(a.hardware(), b.hardware())
                + differs(a.event(), b.event())
                + differs(a.surface(), b.surface())
                + differs(a.dataConstraint(), b.dataConstraint());
    }

    private static int differs(String a, String b) {
        return a.equals(b) ? 0 : 1;
    }
}
