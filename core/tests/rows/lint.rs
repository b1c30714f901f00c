//! What a careful reader would ask: each warning at the item it is about, and none where all is well.

use crate::talk::{compile, warnings};
use frontdesk::bot::{Bot, Files};
use frontdesk::definition::Definition;
use frontdesk::document::Node;
use frontdesk::error::Error;

/// `code path line:column` of what a definition with the head of these tests gives, errors or warnings.
fn found(body: &str) -> Vec<String> {
    let found = compile(body).map_or_else(|errors| errors, |compiled| compiled.warnings);
    found.iter().map(in_short).collect()
}

fn in_short(e: &Error) -> String {
    let place = e.line.zip(e.column).map_or("-".to_string(), |(line, column)| format!("{line}:{column}"));
    format!("{} {} {place}", e.code, e.path)
}

fn clinic_warnings() -> Vec<Error> {
    let table = include_str!("../../examples/clinic/faq.csv").to_string();
    let files = Files::from([("faq.csv".to_string(), table)]);
    Bot::from_yaml(include_str!("../../examples/clinic/bot.yaml"), &files).unwrap().warnings
}

#[test]
fn the_clinic_is_asked_for_little_and_each_is_deserved() {
    let found: Vec<String> = clinic_warnings().iter().map(|w| format!("{} {}", w.code, w.path)).collect();
    assert_eq!(
        found,
        [
            "language_unspoken languages.also[1]", // no text at all in Ukrainian
            "text_missing faq.items[0].say",
            "faq_shadowed faq.csv:2",
        ]
    );
}

#[test]
fn r115_a_stop_word_of_the_faq_is_named_with_its_row() {
    let body = |words: &str| {
        format!(
            "words: {{ banned: [вакансия, {words}] }}\n\
             rules: [ {{ name: Стоп, if: {{ words: banned }}, do: [ {{ status: not_fit }}, {{ finish: silent }} ] }} ]\n\
             faq: {{ file: t.csv, unknown: [ {{ say: Уточню. }} ] }}\n"
        )
    };
    let files =
        Files::from([("t.csv".to_string(), "вопрос;ответ\nГде вы?;Тут.\nЛечите ли вы кошек?;Да.\n".into())]);
    let lint = |words: &str| {
        let text = format!("bot: 1\n{}", body(words));
        Bot::from_yaml(&text, &files).unwrap().warnings
    };
    let warned = lint("кошка");
    assert_eq!(warned.iter().map(in_short).collect::<Vec<_>>(), ["word_too_broad words.banned[1] 2:29"]);
    assert!(warned[0].message.contains("`Лечите ли вы кошек?` (t.csv:3)"), "{}", warned[0]);
    assert!(lint("отдам кошку").is_empty(), "a phrase that no row asks");
}

#[test]
fn r116_the_end_of_a_dialog_and_its_status_agree() {
    let rule = |actions: &str| {
        found(&format!("rules:\n  - {{ name: а, if: {{ words: [хватит] }}, do: [ {actions} ] }}\n"))
    };
    assert_eq!(
        rule("{ status: in_work }, { finish: silent }"),
        ["finish_not_final rules[0].do[0].status 6:57"]
    );
    assert_eq!(rule("{ status: needs_manager }, { finish: reopen }").len(), 1);
    assert_eq!(rule("{ say: Пока }, { status: done }"), ["final_goes_on rules[0].do[1].status 6:72"]);
    // `finish` without a status keeps it, and a booking stays booked in a dialog that rests.
    for actions in [
        "{ finish: reopen }",
        "{ finish: silent }",
        "{ status: booked }, { finish: reopen }",
        "{ status: done }, { finish: silent }",
        "{ status: in_work }, { status: done }, { finish: silent }",
    ] {
        assert_eq!(rule(actions), [""; 0], "{actions}");
    }
    assert_eq!(rule("{ status: booked }, { finish: silent }"), ["finish_keeps_status rules[0].do[0] 6:47"]);
    let passed_on = "rules:\n  - { if: { words: [хватит] }, do: [ { status: done } ], go_on: true }\n";
    assert_eq!(found(passed_on), [""; 0], "a later rule may end it");
}

#[test]
fn r116_a_flow_may_be_done_in_a_final_status() {
    let flow = |done: &str| {
        found(&format!(
            "flows:\n  call:\n    start: {{ words: [перезвоните] }}\n    then: [ {{ status: done }}, {{ say: Ждите. }} ]\n\
             \x20   done: {{ status: {done} }}\n    unsure: {{ do: [ {{ say: Уточню. }} ] }}\n"
        ))
    };
    assert_eq!(flow("done"), [""; 0]);
    assert_eq!(flow("in_work"), ["final_status_open flows.call.then[0] 8:13"]);
}

#[test]
fn r117_whatever_stands_after_finish() {
    let body =
        "rules:\n  - { if: { words: [хватит] }, do: [ { finish: reopen }, { say: Пока }, { tag: off } ] }\n";
    assert_eq!(found(body), ["after_finish rules[0].do[1] 6:58", "after_finish rules[0].do[2] 6:73"]);
}

#[test]
fn r114_a_human_is_called_or_the_dialog_ends() {
    let body = "handoff: { to: [crm] }\n\
                rules: [ { if: { words: [оператор] }, do: [ { handoff: asked }, { finish: reopen } ] } ]";
    assert_eq!(warnings(body), ["handoff_finish"]);
}

#[test]
fn r037_a_flow_says_when_it_is_done_and_what_it_does_when_it_is_not_sure() {
    let body = "flows:\n  call:\n    start: { words: [перезвоните] }\n    then: [ { say: Ждите. } ]\n";
    assert_eq!(found(body), ["missing_key flows.call 7:5", "missing_key flows.call 7:5"]);
}

#[test]
fn c2_closing_words_stand_alone() {
    let rule = |words: &str, rest: &str| {
        warnings(&format!("rules: [ {{ if: {{ words: {words}{rest} }}, do: [ {{ finish: reopen }} ] }} ]"))
    };
    assert_eq!(rule("[спасибо, \"до свидания\"]", ""), ["closing_contains"]);
    assert_eq!(rule("[спасибо]", ", match: contains"), ["closing_contains"]);
    assert_eq!(rule("[спасибо]", ", match: whole"), [""; 0]);
    assert_eq!(rule("[собака]", ""), [""; 0], "a stop word is no closing word");
}

#[test]
fn c3_a_word_calls_a_human_or_ends_the_dialog() {
    let body = |angry: &str, banned: &str| {
        warnings(&format!(
            "handoff: {{ to: [crm] }}\nrules:\n  - {{ name: а, if: {angry}, do: [ {{ handoff: angry }} ] }}\n  \
             - {{ name: б, if: {{ words: {banned} }}, do: [ {{ status: not_fit }}, {{ finish: silent }} ] }}\n"
        ))
    };
    assert_eq!(body("{ words: [\"@profanity\"] }", "[\"@profanity\"]"), ["angry_or_banned"]);
    assert_eq!(body("{ mood: angry }", "[кошмар какой]"), ["angry_or_banned"]);
    assert_eq!(body("{ mood: angry }", "[\"@profanity\"]"), [""; 0]);
}

#[test]
fn c15b_one_trigger_with_opposite_ends() {
    let body = |stop: &str, state: &str| {
        warnings(&format!(
            "fields: {{ phone: {{ type: phone }} }}\nleads: {{ l: {{ need: [phone], to: [crm] }} }}\nrules:\n  \
             - {{ name: а, if: {state}, do: [ {{ lead: l }}, {{ say: Ждите. }} ] }}\n  \
             - {{ name: б, if: {{ words: {stop} }}, do: [ {{ status: not_fit }}, {{ finish: silent }} ] }}\n"
        ))
    };
    let dogs = "{ words: [любит собак, собаки] }";
    assert_eq!(body("[собака]", dogs), ["opposite_rules"]);
    assert_eq!(body("[кошка]", dogs), [""; 0]);
    let outside = "{ all: [ { words: [собаки] }, { status: in_work } ] }";
    assert_eq!(body("[собака]", outside), [""; 0], "the upper one is narrower, and both have their turn");
}

#[test]
fn c8_starts_that_meet_in_one_message() {
    let flow = |name: &str, words: &str| {
        format!(
            "  {name}:\n    start: {{ words: {words} }}\n    then: [ {{ say: Да. }} ]\n    done: {{ status: in_work }}\n    \
             unsure: {{ do: [ {{ say: Уточню. }} ] }}\n"
        )
    };
    let two = |one: &str, other: &str| warnings(&format!("flows:\n{}{}", flow("a", one), flow("b", other)));
    assert_eq!(two("[сколько стоит]", "[сколько будет стоить]"), ["starts_overlap"]);
    assert_eq!(two("[запишите]", "[запись]"), [""; 0]);
}

#[test]
fn a_rule_below_a_wider_one_is_never_reached() {
    let two = |above: &str, below: &str| {
        warnings(&format!(
            "channels: [telegram, web]\nfields: {{ phone: {{ type: phone }}, name: {{ type: name }} }}\nrules:\n  \
             - {{ {above}, do: [ {{ tag: one }} ] }}\n  - {{ {below}, do: [ {{ tag: two }} ] }}\n"
        ))
    };
    let narrow = "if: { all: [ { has: phone }, { channel: web } ] }";
    assert!(two("if: { has: phone }", narrow).contains(&"rule_unreachable".to_string()));
    assert!(!two(narrow, "if: { has: phone }").contains(&"rule_unreachable".to_string()));
    assert!(!two("go_on: true, if: { has: phone }", narrow).contains(&"rule_unreachable".to_string()));
    // Of several `has`, one new value is enough: the first rule does not see every message of the second.
    let both = "if: { all: [ { has: phone }, { has: name } ] }";
    assert!(!two("if: { has: phone }", both).contains(&"rule_unreachable".to_string()));
}

#[test]
fn conditions_that_never_hold() {
    let fields = "fields:\n  size: { type: choice, options: [Большой, Малый] }\n  budget: { type: money }\n";
    let rule = |condition: &str| {
        warnings(&format!(
            "channels: [telegram]\nlanguages: {{ main: ru }}\n{fields}rules: [ {{ if: {condition}, do: [ {{ tag: t }}, \
             {{ say: \"{{size}} {{budget}}\" }} ] }} ]"
        ))
    };
    for condition in [
        "{ field: size, is: Болшой }",
        "{ field: budget, over: много }",
        "{ field: size, over: 5 }",
        "{ field: budget, within: 30d }",
        "{ language: de }",
        "{ channel: viber }",
        "{ result: order, key: status, is: delayed }",
        "{ all: [ { words: [цена] }, { fact: payment } ] }",
        "{ all: [ { status: in_work }, { status: needs_manager } ] }",
        "{ all: [ { words: [цена] }, { not: { words: [цена, скидка] } } ] }",
    ] {
        assert_eq!(rule(condition), ["never_holds"], "{condition}");
    }
    for condition in [
        "{ field: size, is: Большой }",
        "{ field: budget, over: 50000 }",
        "{ all: [ { words: [цена] }, { not: { words: [скидка] } } ] }",
        "{ all: [ { has: budget }, { field: budget, at_least: 100 } ] }",
        "{ all: [ { words: [цена] }, { flow: none }, { status: in_work } ] }",
    ] {
        assert_eq!(rule(condition), [""; 0], "{condition}");
    }
    assert_eq!(rule("{ status: booked }"), ["status_never_set"]);
}

#[test]
fn c22_a_day_later_a_template_is_needed_on_three_channels() {
    let body = |channel: &str, after: &str, template: &str| {
        warnings(&format!(
            "channels: [{channel}]\nquiet_hours: {{ from: \"21:00\", to: \"09:00\" }}\n\
             silence: [ {{ after: {after}, do: [ {{ say: Ещё интересно?{template} }} ] }} ]"
        ))
    };
    for channel in ["whatsapp", "instagram", "messenger"] {
        assert_eq!(body(channel, "24h", ""), ["template_missing"], "at 24 hours sharp the window is closed");
        assert_eq!(body(channel, "23h", ""), [""; 0]);
        assert_eq!(body(channel, "72h", ", template: comeback"), [""; 0]);
    }
    assert_eq!(body("telegram", "72h", ""), [""; 0]);
}

#[test]
fn c23_outreach_has_quiet_hours() {
    let body = "silence: [ { after: 5h, do: [ { say: Ещё интересно? } ] } ]";
    assert_eq!(warnings(body), ["night_outreach"]);
    let closing = "silence: [ { after: 5h, do: [ { status: inactive }, { finish: reopen } ] } ]";
    assert_eq!(warnings(closing), [""; 0], "closing without a word wakes nobody");
}

#[test]
fn r006_r007_r008_channels_and_platforms() {
    assert_eq!(
        found("platform: manychat\nchannels: [telegram, viber]\n"),
        ["channel_not_on_platform channels[1] 6:22"]
    );
    assert_eq!(
        found("platform: manychat\nchannels: [instagram]\naccounts: { instagram: [one, two] }\n"),
        ["accounts_on_manychat accounts.instagram 7:24"]
    );
    assert_eq!(found("platform: smartsender\nchannels: [telegram]\n"), ["platform_simpler platform 5:11"]);
    assert_eq!(found("platform: smartsender\nchannels: [viber]\n"), [""; 0]);
    assert_eq!(
        found("platform: manychat\naccounts: { viber: [one] }\n"),
        ["channel_not_on_platform accounts.viber 6:20"]
    );
    assert_eq!(found("platform: many_chat\n"), ["platform_misspelt platform 5:11"]);
    assert_eq!(found("platform: our_gateway\n"), [""; 0], "a platform of the host's own");
}

#[test]
fn r002_r016_a_target_is_a_system_that_is_known_or_the_hosts_own() {
    let lead = |to: &str| {
        found(&format!(
            "rules: [ {{ if: {{ has: phone }}, do: [ {{ lead: l }}, {{ say: Ждите }} ] }} ]\n\
             fields: {{ phone: {{ type: phone }} }}\nleads: {{ l: {{ need: [phone], to: [{to}] }} }}\n"
        ))
    };
    for known in
        ["kommo", "amocrm", "bitrix24", "telegram_admin", "email", "webhook", "kommo_sales, kommo_kids"]
    {
        assert_eq!(lead(known), [""; 0], "{known}");
    }
    for own in ["crm", "mail", "store", "telegram", "onec"] {
        assert_eq!(lead(own), [""; 0], "{own}");
    }
    for slip in ["komo", "Kommo", "bitrix", "telegram_admn", "webhok"] {
        assert_eq!(lead(slip), ["target_misspelt leads.l.to[0] 7:35"], "{slip}");
    }
    let handoff = |target: &str| {
        found(&format!(
            "handoff: {{ to: {{ {target} }} }}\nrules: [ {{ if: {{ words: [человек] }}, do: [ {{ handoff: asked }} ] }} ]\n"
        ))
    };
    let both = "stage: Нужна помощь менеджера, task: Ответить клиенту";
    for able in ["kommo", "bitrix24", "webhook", "store"] {
        assert_eq!(handoff(&format!("{able}: {{ {both} }}")), [""; 0], "{able}");
    }
    assert_eq!(
        handoff(&format!("telegram_admin: {{ {both} }}")),
        [
            "target_cannot handoff.to.telegram_admin.stage 5:43",
            "target_cannot handoff.to.telegram_admin.task 5:73"
        ]
    );
}

#[test]
fn r013_who_is_called_gets_the_way_to_the_chat() {
    let body = |text: &str| {
        warnings(&format!(
            "rules: [ {{ if: {{ words: [брак] }}, do: [ {{ notify: boss, text: \"{text}\" }} ] }} ]"
        ))
    };
    assert_eq!(body("Жалоба"), ["chat_link_missing"]);
    assert_eq!(body("Жалоба {chat_url}"), [""; 0]);
}

#[test]
fn r084_a_text_and_a_button_in_every_language() {
    let body = "languages: { main: ru, also: [uk] }\nfields: { size: { type: choice, ask: { ru: Какой?, uk: Який? }, \
                options: [ { id: big, title: { ru: Большой } } ] } }\ngreeting: { do: [ { ask: size } ] }";
    assert_eq!(found(body), ["text_missing fields.size.options[0].title 6:94"]);
}

#[test]
fn r089_ten_dialog_tests_and_the_three_hard_kinds() {
    let head = "fields: { order: { type: order, mask: \"A-####\", ask: Номер заказа? } }\n\
                faq: { items: [ { ask: [Где вы?], say: Тут. } ], unknown: [ { say: Уточню. } ] }\n\
                rules: [ { if: { words: [заказ] }, do: [ { ask: order }, { say: Ищем. } ] } ]\ntests:\n";
    let test = |name: usize, client: &str, say: &str| {
        format!(
            "  - {{ name: т{name}, dialog: [ {{ client: \"{client}\" }}, {{ expect: [ {{ say: \"{say}\" }} ] }} ] }}\n"
        )
    };
    let polite: String = (0..10).map(|n| test(n, "Где вы?", "Тут.")).collect();
    let compiled = compile(&format!("{head}{polite}")).unwrap();
    assert_eq!(compiled.warnings.len(), 1);
    let message = &compiled.warnings[0].message;
    assert!(
        message.contains("angry") && message.contains("unclear") && message.contains("order"),
        "{message}"
    );
    let hard = [
        test(11, "ГДЕ ВЫ ТАМ ВСЕ!!!", "Тут."),
        test(12, "почините мопед", "Уточню."),
        test(13, "где мой заказ", "Номер заказа?"),
    ];
    assert_eq!(warnings(&format!("{head}{polite}{}", hard.concat())), [""; 0]);
    assert_eq!(warnings(&format!("{head}{}", hard.concat())), ["tests_few"]);
}

#[test]
fn words_that_repeat_or_match_nothing() {
    let list = |words: &str| {
        found(&format!(
            "words: {{ w: [{words}] }}\nrules: [ {{ if: {{ words: w }}, do: [ {{ tag: t }} ] }} ]\n"
        ))
    };
    assert_eq!(list("собака, кошка, собака"), ["word_repeated words.w[2] 5:29"]);
    assert_eq!(list("\"=запись\", запись"), ["word_repeated words.w[0] 5:14"]);
    assert_eq!(list("\"запис*\", \"=запись\""), ["word_repeated words.w[1] 5:24"]);
    assert_eq!(list("цена, \"?!\""), ["word_matches_nothing words.w[1] 5:20"]);
    assert_eq!(list("хочу записаться, запишите, записаться на, \"=запись\""), [""; 0]);
    assert_eq!(list("отменить, отмените, собака, собаки"), [""; 0], "listed to be sure, and harmless");
}

#[test]
fn what_stands_unused_and_what_only_seems_so() {
    let body = "words: { a: [цена], b: [\"@a\", скидка] }\nfields: { note: { type: text } }\n\
                statuses: { won: { final: true } }\nrules: [ { if: { words: b }, do: [ { tag: t } ] } ]\n";
    assert_eq!(found(body), ["field_unused fields.note 6:17", "status_unused statuses.won 7:18"]);
}

#[test]
fn a_target_that_stands_once_and_nearly_elsewhere_is_a_slip() {
    let body = |to: &str| {
        warnings(&format!(
            "handoff: {{ to: [crm_main] }}\nfields: {{ phone: {{ type: phone }} }}\n\
             leads: {{ l: {{ need: [phone], to: [crm_main] }}, m: {{ need: [phone], to: [{to}] }} }}\n\
             rules: [ {{ if: {{ has: phone }}, do: [ {{ lead: l }}, {{ lead: m }}, {{ say: Ждите. }} ] }} ]"
        ))
    };
    assert_eq!(body("crm_mian"), ["target_misspelt"]);
    assert_eq!(body("mail"), [""; 0]);
    assert_eq!(body("crm_main2"), [""; 0], "one more of a kind");
}

#[test]
fn warnings_come_in_the_order_of_the_document_with_positions_or_without() {
    let rules: String = (0..12)
        .map(|n| {
            format!("  - {{ if: {{ words: [слово{n}] }}, do: [ {{ finish: reopen }}, {{ tag: t }} ] }}\n")
        })
        .collect();
    let text = format!("bot: 1\nrules:\n{rules}");
    let places = |warnings: &[Error]| warnings.iter().map(|w| w.path.clone()).collect::<Vec<_>>();
    let read = Bot::from_yaml(&text, &Files::new()).unwrap().warnings;
    let node = Node::from_yaml(&text).unwrap().without_positions();
    let handed = Bot::compile(Definition::from_node(&node).unwrap(), &Files::new()).unwrap().warnings;
    assert_eq!(places(&read), places(&handed));
    assert_eq!(places(&read), (0..12).map(|n| format!("rules[{n}].do[1]")).collect::<Vec<_>>());
}

#[test]
fn a_large_definition_is_read_over_in_bounded_time() {
    let rules: String = (0..3_000)
        .map(|n| format!("  - {{ if: {{ words: [слово{n}, другое{n}] }}, do: [ {{ say: Да. }}, {{ finish: reopen }} ] }}\n"))
        .collect();
    assert_eq!(warnings(&format!("rules:\n{rules}")), [""; 0]);
}

#[test]
fn a_preset_is_warned_of_where_it_is_named() {
    let body = "rules:\n  - { preset: sales }\n  - { if: { words: [хватит] }, do: [ { finish: reopen }, { tag: off } ] }\n\
                faq: { items: [ { ask: [Есть ли вакансии?], say: Нет. } ], unknown: [ { say: Уточню. } ] }\n";
    assert_eq!(found(body), ["word_too_broad rules[0] 6:5", "after_finish rules[1].do[1] 7:58"]);
}
