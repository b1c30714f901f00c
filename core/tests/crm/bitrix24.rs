//! Bitrix24: R136, R147, R158, and the examples of its documentation.

use super::*;
use frontdesk::definition::TargetKind::Bitrix24;

fn marked() -> Value {
    let utm =
        json!({"source": "ig", "medium": "cpc", "campaign": "spring", "term": "чистка", "content": "b1"});
    with(lead("bitrix24"), json!({"utm": utm, "title": "Заявка из чата"}))
}

#[test]
fn r147_r158_a_lead_with_marks_and_the_key_of_the_bot() {
    let encoded = encode(Bitrix24, json!([marked()]), json!({}));
    assert_eq!(
        encoded["payloads"][0],
        json!({"entityTypeId": 1, "fields": {
            "title": "Заявка из чата", "name": "Иван", "stageId": "NEW", "sourceId": "WEB",
            "fm": [
                {"typeId": "EMAIL", "valueType": "WORK", "value": "a@b.ru"},
                {"typeId": "PHONE", "valueType": "WORK", "value": "+79991234567"},
            ],
            "originatorId": "bot", "originId": "k-7f3a", "utmSource": "ig", "utmMedium": "cpc",
            "utmCampaign": "spring", "utmTerm": "чистка", "utmContent": "b1",
        }})
    );
    assert_eq!(
        encoded["requests"][0],
        json!({"effect": "1.1", "method": "POST", "path": "crm.item.add", "target": "bitrix24", "key": "k-7f3a"})
    );
    assert_eq!(encoded["changes"], json!([]));
}

#[test]
fn r158_the_older_method_takes_the_same_lead() {
    let encoded = encode(Bitrix24, json!([marked()]), json!({"api": "lead"}));
    assert_eq!(paths(&encoded), ["POST crm.lead.add"]);
    assert_eq!(
        encoded["payloads"][0],
        json!({"params": {"REGISTER_SONET_EVENT": "Y"}, "fields": {
            "TITLE": "Заявка из чата", "NAME": "Иван", "STATUS_ID": "NEW", "SOURCE_ID": "WEB",
            "PHONE": [{"VALUE": "+79991234567", "VALUE_TYPE": "WORK"}],
            "EMAIL": [{"VALUE": "a@b.ru", "VALUE_TYPE": "WORK"}],
            "ORIGINATOR_ID": "bot", "ORIGIN_ID": "k-7f3a", "UTM_SOURCE": "ig", "UTM_MEDIUM": "cpc",
            "UTM_CAMPAIGN": "spring", "UTM_TERM": "чистка", "UTM_CONTENT": "b1",
        }})
    );
}

#[test]
fn r020_what_has_no_field_stands_in_the_comment_with_the_links() {
    let fields = json!({"phone": "+79991234567", "service": "Чистка", "budget": {"minor": 150_050, "currency": "RUB"}});
    let effect = with(lead("bitrix24"), json!({"fields": fields, "chat_url": "https://chat.example/7"}));
    let options = json!({"transcript_url": "https://log.example/7", "labels": {"service": "Услуга"}});
    let encoded = encode(Bitrix24, json!([effect]), options);
    assert_eq!(
        encoded["payloads"][0]["fields"]["comments"],
        "budget: 1500.50 RUB\nУслуга: Чистка\nЧат: https://chat.example/7\nПереписка: https://log.example/7"
    );
    let map = json!({"budget": "opportunity", "service": "ufCrm_16", "chat_url": "sourceDescription"});
    let encoded = encode(Bitrix24, json!([effect]), json!({"fields": map, "assigned_by_id": 12}));
    let fields = &encoded["payloads"][0]["fields"];
    assert_eq!((&fields["opportunity"], &fields["currencyId"]), (&json!("1500.50"), &json!("RUB")));
    assert_eq!((&fields["ufCrm_16"], &fields["assignedById"]), (&json!("Чистка"), &json!(12)));
    assert_eq!(fields["sourceDescription"], "https://chat.example/7");
    assert!(fields.get("comments").is_none());
    let original = encode(Bitrix24, json!([effect]), json!({"fields": {"service": "UF_CRM_16"}}));
    assert_eq!(original["payloads"][0]["useOriginalUfNames"], "Y");
}

/// A field that Bitrix24 does not know it passes over without a word, so the host hears of it at once.
#[test]
fn a_field_that_no_lead_has_is_refused() {
    let refused = try_encode(Bitrix24, &json!([]), &json!({"fields": {"service": "coment"}}));
    let error = refused.unwrap_err();
    assert_eq!((error.code.as_str(), error.path.as_str()), ("unknown_value", "options.fields.service"));
    assert_eq!(error.hint.as_deref(), Some("did you mean `comments`?"));
    for known in ["title", "TITLE", "phone", "PHONE", "ufCrm_16", "UF_CRM_16", "parentId177"] {
        assert!(try_encode(Bitrix24, &json!([]), &json!({"fields": {"a": known}})).is_ok(), "{known}");
    }
}

#[test]
fn r136_statuses_are_the_stages_of_a_lead() {
    let stage = |name: &str, options: Value| {
        let encoded = encode(Bitrix24, json!([status(name)]), with(json!({"lead_id": 342}), options));
        (encoded["payloads"].clone(), changes(&encoded))
    };
    let moved = |stage: &str| json!([{"entityTypeId": 1, "id": 342, "fields": {"stageId": stage}}]);
    for (name, usual) in [
        ("in_work", "IN_PROCESS"),
        ("needs_manager", "IN_PROCESS"),
        ("done", "PROCESSED"),
        ("not_fit", "JUNK"),
    ] {
        assert_eq!(stage(name, json!({})), (moved(usual), Vec::new()), "{name}");
    }
    let own = json!({"statuses": {"done": "CONVERTED", "not_fit": null}});
    assert_eq!(stage("done", own.clone()).0, moved("CONVERTED"));
    assert_eq!(stage("not_fit", own), (json!([]), Vec::new()));
    assert_eq!(stage("inactive", json!({})).1, ["option_missing options.statuses.inactive 0/1"]);
    let old = encode(Bitrix24, json!([status("done")]), json!({"lead_id": 342, "api": "lead"}));
    assert_eq!(paths(&old), ["POST crm.lead.update"]);
    assert_eq!(old["payloads"][0], json!({"id": 342, "fields": {"STATUS_ID": "PROCESSED"}}));
    let born = encode(Bitrix24, json!([lead("bitrix24"), status("in_work"), status("done")]), json!({}));
    assert_eq!(born["payloads"].as_array().unwrap().len(), 1);
    assert_eq!(born["payloads"][0]["fields"]["stageId"], "PROCESSED");
}

#[test]
fn a_comment_and_a_change_of_what_the_lead_became() {
    let deal = json!({"lead_id": 10, "entity": "deal"});
    let encoded = encode(Bitrix24, json!([note("bitrix24", "Клиент: да")]), deal.clone());
    assert_eq!(paths(&encoded), ["POST crm.timeline.comment.add"]);
    assert_eq!(
        encoded["payloads"][0],
        json!({"fields": {"ENTITY_ID": 10, "ENTITY_TYPE": "deal", "COMMENT": "Клиент: да"}})
    );
    let effect =
        update("bitrix24", json!({"phone": "+79990000000", "note": "утром"}), json!({"bitrix24": "342"}));
    let encoded = encode(Bitrix24, json!([effect]), json!({}));
    assert_eq!(paths(&encoded), ["POST crm.item.update", "POST crm.timeline.comment.add"]);
    assert_eq!(
        encoded["payloads"][0],
        json!({"entityTypeId": 1, "id": 342, "fields": {
            "fm": [{"typeId": "PHONE", "valueType": "WORK", "value": "+79990000000"}]
        }})
    );
    assert_eq!(encoded["payloads"][1]["fields"]["COMMENT"], "note: утром");
    // A deal has no phone of its own.
    let encoded = encode(Bitrix24, json!([effect]), deal);
    assert_eq!(paths(&encoded), ["POST crm.timeline.comment.add"]);
    assert_eq!(encoded["payloads"][0]["fields"]["COMMENT"], "note: утром\nТелефон: +79990000000");
    let unknown = encode(Bitrix24, json!([note("bitrix24", "а")]), json!({}));
    assert_eq!(changes(&unknown), ["lead_unknown - 0/1"]);
}

#[test]
fn a_call_for_a_human_on_the_card_and_in_the_line() {
    let call =
        handoff(json!({"target": "bitrix24", "stage": "Помощь", "task": "Ответить", "text": "Клиент ждёт"}));
    let options = json!({
        "lead_id": 342, "stages": {"Помощь": "UC_7YNR2"}, "now": "2026-11-21T10:00:00Z",
        "task": {"responsible": 12, "within": "30m"},
    });
    let encoded = encode(Bitrix24, json!([call]), options);
    assert_eq!(
        paths(&encoded),
        ["POST crm.item.update", "POST tasks.task.add", "POST crm.timeline.comment.add"]
    );
    assert_eq!(encoded["payloads"][0]["fields"], json!({"stageId": "UC_7YNR2"}));
    assert_eq!(
        encoded["payloads"][1]["fields"],
        json!({
            "TITLE": "Ответить", "DESCRIPTION": "asked: Вопрос: «где вы» https://chat.example/7",
            "RESPONSIBLE_ID": 12, "DEADLINE": "2026-11-21T10:30:00.000Z", "UF_CRM_TASK": ["L_342"],
        })
    );
    let line = |options: Value| {
        let encoded = encode(Bitrix24, json!([handoff(json!({"target": "other"}))]), options);
        (paths(&encoded), encoded["payloads"].clone())
    };
    assert_eq!(
        line(json!({"chat_id": 112})),
        (vec!["POST imopenlines.bot.session.operator".to_string()], json!([{"CHAT_ID": 112}]))
    );
    assert_eq!(
        line(json!({"chat_id": "112", "client_id": "c1", "transfer": {"user_id": 12, "leave": false}})),
        (
            vec!["POST imopenlines.bot.session.transfer".to_string()],
            json!([{"CHAT_ID": 112, "CLIENT_ID": "c1", "USER_ID": 12, "LEAVE": "N"}])
        )
    );
    let queue = line(json!({"chat_id": 112, "transfer": {"transfer_id": "queue5"}})).1;
    assert_eq!(queue, json!([{"CHAT_ID": 112, "TRANSFER_ID": "queue5", "LEAVE": "Y"}]));
    let both = try_encode(Bitrix24, &json!([]), &json!({"transfer": {"user_id": 1, "queue_id": 2}}));
    assert_eq!(refusal(both), ("one_expected".into(), "options.transfer".into()));
    assert_eq!(line(json!({})).1, json!([]), "a talk in another channel");
}

#[test]
fn a_bot_talks_in_its_chat() {
    let buttons = json!([{"id": "yes", "title": "Да"}, {"id": "no", "title": "Нет"}]);
    let effects = json!([
        reply("Записать вас?", buttons), {"key": "6.1", "kind": "finish", "mode": "reopen", "outcome": "done"}
    ]);
    let options = json!({"bot_id": 456, "bot_token": "t", "dialog_id": "chat5"});
    let encoded = encode(Bitrix24, effects.clone(), options.clone());
    assert_eq!(paths(&encoded), ["POST imbot.v2.Chat.Message.send"]);
    assert_eq!(
        encoded["payloads"][0],
        json!({"botId": 456, "botToken": "t", "dialogId": "chat5", "fields": {"message": "Записать вас?", "keyboard": [
            {"TEXT": "Да", "COMMAND": "yes"}, {"TYPE": "NEWLINE"}, {"TEXT": "Нет", "COMMAND": "no"}
        ]}})
    );
    let registered = encode(Bitrix24, effects.clone(), with(options, json!({"command": "press"})));
    assert_eq!(
        registered["payloads"][0]["fields"]["keyboard"][0],
        json!({"TEXT": "Да", "COMMAND": "press", "COMMAND_PARAMS": "yes"})
    );
    let line = encode(Bitrix24, effects, json!({"chat_id": 112}));
    assert_eq!(
        paths(&line),
        ["POST imopenlines.bot.session.message.send", "POST imopenlines.bot.session.finish"]
    );
    let text = "Записать вас?\n\n1. Да\n2. Нет";
    assert_eq!(line["payloads"][0], json!({"CHAT_ID": 112, "NAME": "DEFAULT", "MESSAGE": text}));
    assert_eq!(changes(&line), ["numbered buttons 2/0"]);
}

#[test]
fn twenty_thousand_letters_and_one_above() {
    let said = |count: usize| {
        let options = json!({"bot_id": 1, "dialog_id": "chat5"});
        let encoded = encode(Bitrix24, json!([reply(&"д".repeat(count), json!([]))]), options);
        (encoded["payloads"].as_array().unwrap().len(), changes(&encoded))
    };
    assert_eq!(said(20_000), (1, Vec::new()));
    assert_eq!(said(20_001), (2, vec!["split text 20001/20000".to_string()]));
}
