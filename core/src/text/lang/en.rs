//! English.

use super::Facts;

pub(super) const FACTS: Facts = Facts {
    code: "en",
    is_letter: |c| c.is_ascii_lowercase(),
    keys: "",
    latin: &[],
    light: "a an the and or but so if then than that this these those there here it its is are was were be been being \
        am do does did done have has had having will would shall should can could may might must i me my mine myself \
        you your yours he him his she her hers we us our ours they them their theirs of in on at by to from for with \
        about into onto over under as just also too very really some any all each every no not yes ok okay please \
        thanks thank hi hello hey dear sir madam excuse sorry want wanted like need know tell say let lets get got \
        im ive id ill youre dont doesnt didnt isnt arent wont cant couldnt its thats theres whats hows",
    asking: "what where when who whom whose which why how can could do does did is are will would may should much \
        many tell whats hows wheres",
    endings: &[],
    kin: &[],
};
