//! The parts of the page. Everything that comes from a log or a definition is escaped here.

use super::format::Format;
use super::talk::{Talk, Turn};
use super::{Asked, Data};
use crate::audit::count::{Case, Outreach};
use crate::audit::transcript::{Line, Who, escaped};
use crate::audit::words::Words;

/// Questions shown before somebody asks for more.
const AT_ONCE: usize = 10;

pub(super) fn heading(title: &str) -> String {
    format!("<h2>{}</h2>", escaped(title))
}

/// What is out of its bounds, or that nothing is.
pub(super) fn alerts(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    if data.figures.alerts.is_empty() {
        return format!("<p class=\"calm\">{}</p>", w.in_order);
    }
    let told = data.figures.alerts.iter().map(|alert| {
        let bound = match alert.bound {
            "above" => w.above,
            "below" => w.below,
            "rise" => w.rise,
            _ => w.fall,
        };
        let (now, limit) = (f.figure(&alert.figure, alert.now), f.figure(&alert.figure, alert.limit));
        let before = alert.before.filter(|_| matches!(alert.bound, "rise" | "fall"));
        let beside = match before {
            Some(n) => format!("{bound}, {} {}", w.was, f.figure(&alert.figure, n)),
            // That there are any is all that there is to say.
            None if alert.bound == "above" && alert.limit == 0 => String::new(),
            None => format!("{bound} {limit}"),
        };
        let name = escaped(name_of(&alert.figure, w));
        format!("<li>{name}: <strong>{}</strong> <span>{}</span></li>", escaped(&now), escaped(&beside))
    });
    let title = escaped(w.alerts);
    format!(
        "<div class=\"alerts\" role=\"region\" aria-label=\"{title}\"><h2>{title}</h2><ul>{}</ul></div>",
        told.collect::<String>()
    )
}

/// What a figure is called on the page.
fn name_of<'n>(figure: &'n str, w: &'n Words) -> &'n str {
    match figure {
        "with_lost_lead" | "lost_lead_permille" => w.lost,
        "with_empty_booking" => w.empty_bookings,
        "leads_late" => w.late,
        "unanswered" | "unanswered_permille" => w.unanswered,
        "with_handoff" | "handoff_permille" => w.handoff_share,
        "with_no_show" | "no_show_permille" => w.no_show,
        "with_lead" | "leads" | "lead_permille" => w.leads,
        "with_booking" | "bookings" | "booking_permille" => w.bookings,
        "dialogs" => w.dialogs,
        "done" | "done_permille" => w.done,
        "repeat" | "repeat_permille" => w.repeat,
        "suppressed" | "suppressed_permille" => w.suppressed,
        "first_answer_avg_ms" => w.first_answer,
        other => other,
    }
}

/// A figure in large.
struct Tile {
    title: &'static str,
    figure: &'static str,
    /// What stands below: a share, and of what.
    share: Option<&'static str>,
    of: &'static str,
    /// The figure whose change is told, and whether more of it is good.
    changed: &'static str,
    more: Option<bool>,
}

impl Tile {
    fn written(&self, data: &Data<'_>, f: &Format<'_>) -> String {
        let all = &data.figures.all.counts;
        let value = all.figure(self.figure).map_or_else(|| "–".to_string(), |n| f.figure(self.figure, n));
        let share =
            self.share.and_then(|name| all.figure(name)).map(|n| format!("{} {}", f.share(n), self.of));
        // A share of nothing is none: its base is not named then either.
        let of = if self.share.is_none() { self.of } else { "" };
        let change = data.figures.change.get(self.changed).map(|change| self.change(*change, f));
        format!(
            "<li><span class=\"name\">{}</span><b>{}</b><span class=\"of\">{}</span>{}</li>",
            escaped(self.title),
            escaped(&value),
            escaped(share.as_deref().unwrap_or(of)),
            change.unwrap_or_default()
        )
    }

    fn change(&self, change: i64, f: &Format<'_>) -> String {
        if change == 0 {
            return format!("<span class=\"change\">{}</span>", escaped(f.words.same));
        }
        let tone = match self.more {
            Some(more) if (change > 0) == more => " good",
            Some(_) => " bad",
            None => "",
        };
        let (arrow, text) = (if change > 0 { "▲" } else { "▼" }, escaped(&f.change(self.changed, change)));
        format!("<span class=\"change{tone}\"><i aria-hidden=\"true\">{arrow}</i> {text}</span>")
    }
}

/// The figures that a manager looks at first, each with its change.
pub(super) fn tiles(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    let all = &data.figures.all.counts;
    let tile = |title, figure, share, of, changed, more| Tile { title, figure, share, of, changed, more };
    let share = |title, figure, share, of, more| tile(title, figure, Some(share), of, share, Some(more));
    let tiles = [
        tile(w.dialogs, "dialogs", None, "", "dialogs", None),
        share(w.leads, "with_lead", "lead_permille", w.of_dialogs, true),
        share(w.bookings, "with_booking", "booking_permille", w.of_dialogs, true),
        share(w.handoffs, "with_handoff", "handoff_permille", w.of_dialogs, false),
        tile(w.first_answer, "first_answer_avg_ms", None, w.average, "first_answer_avg_ms", Some(false)),
        share(w.unanswered, "unanswered", "unanswered_permille", w.of_questions, false),
        share(w.no_show, "with_no_show", "no_show_permille", w.of_bookings, false),
        share(w.lost, "with_lost_lead", "lost_lead_permille", w.of_contacts, false),
    ];
    let tiles: String = tiles.iter().map(|tile| tile.written(data, f)).collect();
    let beside: Vec<String> = [(w.done, "done"), (w.repeat, "repeat"), (w.suppressed, "suppressed")]
        .into_iter()
        .filter_map(|(title, name)| {
            let share = all.figure(&format!("{name}_permille")).map(|n| format!(" ({})", f.share(n)));
            Some(format!("{title}: {}{}", f.number(all.get(name)?), share.unwrap_or_default()))
        })
        .collect();
    let changes = if data.figures.change.is_empty() { "" } else { w.changes };
    format!(
        "<ul class=\"tiles\">{tiles}</ul><p class=\"note beside\">{}. {changes}</p>",
        escaped(&beside.join(" · "))
    )
}

/// Leads that nobody confirmed, contacts without a lead, bookings that lack something: each with its dialog.
pub(super) fn cases(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    if data.cases.is_empty() {
        return format!("<p class=\"calm\">{}</p>", w.nothing_to_do);
    }
    let told: String = data.cases.iter().map(|(case, talk)| of_case(case, talk.as_ref(), f)).collect();
    format!("<ul class=\"cases\">{told}</ul>")
}

fn of_case(case: &Case, talk: Option<&Talk>, f: &Format<'_>) -> String {
    let w = f.words;
    let title = match case.code.as_str() {
        "lead_unconfirmed" => w.lead_unconfirmed,
        "contact_without_lead" => w.contact_without_lead,
        "empty_booking" => w.empty_booking,
        other => other,
    };
    let lacks: Vec<&str> = case
        .missing
        .iter()
        .map(|what| match what.as_str() {
            "time" => w.time,
            "contact" => w.contact,
            other => other,
        })
        .collect();
    let verb = if case.code == "empty_booking" { w.lacks } else { w.waits_for };
    let lacks = (!lacks.is_empty()).then(|| format!("{verb}: {}", lacks.join(", ")));
    let by = case.by.as_ref().map(|by| format!("{}: {}", w.caused_by, cause(by, w)));
    let facts: Vec<String> = [lacks, case.lead.clone(), by].into_iter().flatten().collect();
    let talk = talk.map(|talk| {
        let turns: String = talk.turns.iter().map(|turn| bubbles(turn, f)).collect();
        format!(
            "<details><summary>{}</summary><div class=\"turns\">{turns}</div></details>",
            escaped(w.show_talk)
        )
    });
    format!(
        "<li><p><b class=\"{}\">{}</b> <span>{}</span></p><p>{} · {} <span class=\"id\">{}</span></p><p>{}</p>{}</li>",
        escaped(&case.code),
        escaped(title),
        escaped(&f.moment(case.at)),
        escaped(&case.session.channel),
        escaped(&case.session.user),
        escaped(case.lead_key.as_deref().unwrap_or_default()),
        escaped(&facts.join(" · ")),
        talk.unwrap_or_default()
    )
}

/// `rule Злой клиент` in the words of the page.
fn cause(by: &str, w: &Words) -> String {
    match by.split_once(' ') {
        Some(("rule", name)) => format!("{} «{name}»", w.rule),
        Some(("flow", name)) => format!("{} «{name}»", w.flow),
        Some(("faq", name)) => format!("{} «{name}»", w.row),
        _ => by.to_string(),
    }
}

/// Questions that nobody answered, each with what may be done: a phrasing of a row, or a row of its own.
pub(super) fn questions(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    if data.asked.is_empty() {
        return format!("<p class=\"calm\">{}</p>", w.no_questions);
    }
    let told: Vec<String> = data.asked.iter().enumerate().map(|(at, asked)| question(at, asked, f)).collect();
    let (first, more) = told.split_at_checked(AT_ONCE).unwrap_or((&told, &[]));
    let list = |items: &[String]| format!("<ol class=\"questions\">{}</ol>", items.concat());
    let more = if more.is_empty() {
        String::new()
    } else {
        format!(
            "<details class=\"more\"><summary>{}: {}</summary>{}</details>",
            w.more,
            more.len(),
            list(more)
        )
    };
    format!("{}{more}", list(first))
}

fn question(at: usize, asked: &Asked, f: &Format<'_>) -> String {
    let w = f.words;
    let variants: String = asked.variants.iter().map(|text| format!("<li>{}</li>", escaped(text))).collect();
    let variants =
        if variants.is_empty() { variants } else { format!("<ul class=\"variants\">{variants}</ul>") };
    let add = asked.row.as_ref().filter(|row| !row.answer.is_empty()).map(|row| {
        format!(
            "<button type=\"button\" data-ask=\"{at}\" data-do=\"add\" aria-pressed=\"false\">{} «{}»</button>",
            escaped(w.add_to),
            escaped(&row.question)
        )
    });
    let near = asked.row.as_ref().filter(|row| row.answer.is_empty());
    let near =
        near.map(|row| format!("<p class=\"id\">{}: {}</p>", escaped(w.nearest), escaped(&row.question)));
    format!(
        "<li><p class=\"asked\"><b>{}</b> <span class=\"badge\">× {}</span></p>{variants}{}<div class=\"do\">{}\
         <button type=\"button\" data-ask=\"{at}\" data-do=\"new\" aria-pressed=\"false\">{}</button></div>\
         <label class=\"say\" hidden><span>{}</span><textarea data-ask=\"{at}\" rows=\"2\"></textarea></label></li>",
        escaped(&asked.text),
        f.number(asked.count),
        near.unwrap_or_default(),
        add.unwrap_or_default(),
        escaped(w.new_row),
        escaped(w.answer_here)
    )
}

/// What came of every wording of a reminder (R153).
pub(super) fn outreach(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    if data.figures.outreach.is_empty() {
        return String::new();
    }
    let head: String = [w.wording, w.sent, w.replied, w.confirmed, w.cancelled, w.missed]
        .map(|title| format!("<th scope=\"col\">{}</th>", escaped(title)))
        .concat();
    let row = |one: &Outreach| {
        let of = |n: u64| {
            let share = (n * 1000).checked_div(one.sent).filter(|_| n > 0).map(|share| f.share(share));
            format!("<td>{}<small>{}</small></td>", f.number(n), share.unwrap_or_default())
        };
        let outcomes = [one.answered, one.confirmed, one.cancelled, one.no_show].map(of).concat();
        format!(
            "<tr><th scope=\"row\">{}<small>{}</small></th><td>{}</td>{outcomes}</tr>",
            escaped(&one.text),
            escaped(&one.timer),
            f.number(one.sent)
        )
    };
    let rows: String = data.figures.outreach.iter().map(row).collect();
    format!(
        "<div class=\"scroll\" tabindex=\"0\"><table class=\"outreach\"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

/// The dialogs to read and mark.
pub(super) fn sample(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    if data.sample.is_empty() {
        return String::new();
    }
    let (shown, all) = (f.number(data.sample.len() as u64), f.number(data.dialogs as u64));
    let talks: String = data.sample.iter().enumerate().map(|(at, talk)| of_sample(at, talk, f)).collect();
    format!(
        "<p class=\"note\">{} {} <span>{shown} / {all} {}</span></p>{talks}",
        escaped(w.sample_note),
        escaped(w.kept_here),
        escaped(w.sampled)
    )
}

fn of_sample(at: usize, talk: &Talk, f: &Format<'_>) -> String {
    let w = f.words;
    let turns: String = talk
        .turns
        .iter()
        .map(|turn| {
            let marks = if turn.is_judged() { marks(&turn.id, w) } else { String::new() };
            format!("<div class=\"turn\">{}{marks}</div>", bubbles(turn, f))
        })
        .collect();
    let open = if at == 0 { " open" } else { "" };
    format!(
        "<details class=\"talk\"{open}><summary><b>{}</b> <span>{} {}</span> <span class=\"status\">{}</span></summary>\
         <div class=\"turns\">{turns}</div></details>",
        escaped(&f.moment(talk.began)),
        escaped(&talk.session.channel),
        escaped(&talk.session.user),
        escaped(&talk.status)
    )
}

fn marks(id: &str, w: &Words) -> String {
    let id = escaped(id);
    let button = |what: &str, sign: &str, title: &str| {
        format!(
            "<button type=\"button\" data-id=\"{id}\" data-do=\"{what}\" aria-pressed=\"false\"><i aria-hidden=\"true\">{sign}</i> {}</button>",
            escaped(title)
        )
    };
    format!(
        "<div class=\"do\">{}{}</div><label class=\"say\" hidden><span>{}</span><textarea data-id=\"{id}\" rows=\"2\"></textarea></label>",
        button("right", "✓", w.right),
        button("wrong", "✗", w.wrong),
        escaped(w.should)
    )
}

/// What was said in a turn, and below it what was done.
fn bubbles(turn: &Turn, f: &Format<'_>) -> String {
    let w = f.words;
    let line = |line: &Line| {
        let text = line.text.as_str();
        let (class, who, text) = match line.who {
            Who::Client => ("client", w.client.to_string(), text),
            Who::Bot => ("bot", w.bot.to_string(), text),
            Who::Operator => {
                ("human", [w.human, line.name.as_deref().unwrap_or_default()].join(" "), w.of_human(text))
            }
            Who::System => return note(line, f),
        };
        let why = line
            .why
            .as_ref()
            .map(|why| format!(" title=\"{}\"", escaped(&cause(why, w))))
            .unwrap_or_default();
        format!(
            "<div class=\"bubble {class}\"><span class=\"who\">{} · {}</span><p{why}>{}</p></div>",
            escaped(who.trim()),
            escaped(&f.clock(line.at)),
            escaped(text)
        )
    };
    turn.lines.iter().map(line).collect()
}

/// A line in small about what the client does not see.
fn note(line: &Line, f: &Format<'_>) -> String {
    let what = f.words.of_kind(&line.kind);
    let apart = if what.is_empty() || line.text.is_empty() { "" } else { ": " };
    let class = if line.kind == "alert" { " loud" } else { "" };
    format!("<p class=\"done{class}\">{}{apart}{}</p>", escaped(what), escaped(&line.text))
}

/// How many answers are marked, and where the marks go.
pub(super) fn bar(data: &Data<'_>, w: &Words) -> String {
    if data.sample.is_empty() && data.asked.is_empty() {
        return String::new();
    }
    format!(
        "<div class=\"dock\" role=\"region\" aria-label=\"{0}\"><p aria-live=\"polite\">{0}: <output id=\"marked\">0</output></p>\
         <button type=\"button\" id=\"csv\">{1}</button><button type=\"button\" id=\"yaml\">{2}</button></div>\n",
        escaped(w.checked),
        escaped(w.export_faq),
        escaped(w.export_tests)
    )
}
