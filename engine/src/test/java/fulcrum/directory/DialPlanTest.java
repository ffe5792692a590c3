package fulcrum.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A dial plan on the way out: every rule that matches is applied in turn.
class DialPlanTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{}, 123, 123",
                "{'^9(.+)$':{}}, 9123, 123",
                "{'^(.+)$':{'prefix':'<'}}, 123, <123",
                "{'^\\\\d{7}$':{'prefix':'+1415'}}, 5550199, +14155550199",
                "\"{'^9(.+)$':{},'^(\\\\d{7})$':{'prefix':'+1415','suffix':'#'}}\", 95550199, +14155550199#",
                "\"{'label':{'regex':'^0(.*)$','prefix':'+44'}}\", 020, +4420",
                "\"{'^0(.*)$':{'dialplan':{'^20':{'prefix':'x'}}}}\", 020, x20",
                "\"{'^(a+)+$':{'prefix':'x'}}\", aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab,"
                        + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
                "\"{'system':['shared'],'(':{'prefix':'x'},'^1':{'prefix':'y'}}\", 12, y1",
            })
    void each_rule_works_on_what_the_one_before_made(String plan, String number, String made) {
        var json = Json.object(plan.replace('\'', '"'));
        assertThat(DialPlan.apply(json, number)).isEqualTo(made);
    }
}
