//! The page: its head, its policy, and its sections in their order.

use super::Data;
use super::format::{Format, base64};
use super::parts::{self, heading};
use super::plots::{self, Series};
use crate::audit::count::Counts;
use crate::audit::diagram::{STYLE as CHART_STYLE, svg};
use crate::audit::figures::Slice;
use crate::audit::transcript::escaped;
use crate::audit::words::Words;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Weeks of the plot of weeks.
const WEEKS: usize = 12;

/// The whole file.
pub(super) fn page(data: &Data<'_>, w: &'static Words) -> String {
    let format = Format { words: w, zone: &data.zone };
    let name = data.bot.map_or("frontdesk", |bot| bot.definition().name.as_str());
    let dates = span(data).map(|(from, to)| format.days(from, to));
    let what = if dates.is_some() { w.report } else { w.report_all };
    let title = [Some(what.to_string()), dates.clone(), Some(name.to_string())];
    let title = title.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let style = format!("{STYLE}{CHART_STYLE}");
    let sha = |text: &str| base64(&Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sha(SCRIPT),
        sha(&style)
    );
    let sections = [
        ("figures", w.figures, figures(data, &format)),
        ("todo", w.to_do, parts::cases(data, &format)),
        ("questions", w.unanswered, parts::questions(data, &format)),
        ("slices", w.slices, slices(data, &format)),
        ("reminders", w.reminders, parts::outreach(data, &format)),
        ("flows", w.flows, flows(data, w)),
        ("sample", w.sample, parts::sample(data, &format)),
    ];
    let sections: Vec<_> = sections.into_iter().filter(|(_, _, body)| !body.is_empty()).collect();
    let links: String =
        sections.iter().map(|(id, title, _)| format!("<a href=\"#{id}\">{}</a>", escaped(title))).collect();
    let body: String = sections
        .iter()
        .map(|(id, title, body)| format!("<section id=\"{id}\">{}{body}</section>\n", heading(title)))
        .collect();
    let week = span(data).map(|_| format!("{} · ", escaped(&data.figures.week)));
    let about = format!(
        "{}{} {} · {}: {}",
        week.unwrap_or_default(),
        format.number(data.records),
        w.records,
        w.zone,
        escaped(&data.figures.zone)
    );
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n\
         <header><p class=\"kicker\">{what}</p><h1>{name}</h1><p class=\"dates\">{dates}</p><p class=\"about\">{about}</p>\
         <nav aria-label=\"{contents}\">{links}</nav></header>\n<main>\n{alerts}{body}</main>\n\
         <footer><p>{made}</p></footer>\n{bar}\
         <script type=\"application/json\" id=\"data\">{json}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        lang = w.code,
        title = escaped(&title),
        what = escaped(what),
        name = escaped(name),
        dates = escaped(&dates.unwrap_or_default()),
        contents = escaped(w.contents),
        alerts = parts::alerts(data, &format),
        made = escaped(w.made_by),
        bar = parts::bar(data, w),
        json = script_safe(&for_script(data, name, w)),
    )
}

/// JSON inside of a script element: nothing in it can end the element.
fn script_safe(json: &serde_json::Value) -> String {
    json.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// What the page's script needs to save marks.
fn for_script(data: &Data<'_>, name: &str, w: &'static Words) -> serde_json::Value {
    let row = |id: &str| {
        let bot = data.bot?;
        let answer = bot.knowledge().answer(id)?;
        let say = answer.say.pick(w.code, &bot.definition().languages.main);
        Some(json!([answer.ask.first()?, say]))
    };
    let talk = |talk: &super::Talk| {
        let turn = |turn: &super::talk::Turn| {
            let row = turn.row.as_deref().and_then(row);
            json!({"id": turn.id, "asked": turn.asked, "row": row, "steps": turn.steps, "expect": turn.expected})
        };
        json!({
            "name": format!("{} {} · {} · {}", talk.session.channel, talk.session.user, talk.dialog, talk.began),
            "at": talk.test_at,
            "channel": talk.session.channel,
            "before": talk.before,
            "turns": talk.turns.iter().map(turn).collect::<Vec<_>>(),
        })
    };
    let asked = data.asked.iter().map(|asked| {
        let row = asked.row.as_ref().map(|row| json!([row.question, row.answer]));
        json!({"text": asked.text, "variants": asked.variants, "row": row})
    });
    json!({
        "week": data.figures.week,
        "name": name,
        "words": {"nothing": w.nothing_marked, "columns": [w.question_csv, w.answer_csv, w.variants_csv]},
        "talks": data.sample.iter().map(talk).collect::<Vec<_>>(),
        "asked": asked.collect::<Vec<_>>(),
    })
}

fn span(data: &Data<'_>) -> Option<(Date, Date)> {
    let date = |text: &Option<String>| text.as_ref()?.parse().ok();
    Some((date(&data.figures.from)?, date(&data.figures.to)?))
}

fn figures(data: &Data<'_>, f: &Format<'_>) -> String {
    if data.figures.all.counts.dialogs == 0 {
        return format!("<p class=\"quiet\">{}</p>", f.words.no_data);
    }
    format!("{}{}", parts::tiles(data, f), plots_of(data, f))
}

/// The days of the week, those without a dialog among them; weeks where the report is of all time.
fn periods(data: &Data<'_>, f: &Format<'_>) -> Vec<(String, Counts)> {
    let Some((from, to)) = span(data) else { return weeks(data) };
    let of = |day: Date| {
        let found = data.figures.by.day.iter().find(|slice| slice.name == day.to_string());
        let label = format!("{} {}", f.weekday(day), day.day());
        (label, found.map(|slice| slice.sums.counts).unwrap_or_default())
    };
    from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to).map(of).collect()
}

fn weeks(data: &Data<'_>) -> Vec<(String, Counts)> {
    let all = &data.figures.by.week;
    let label = |name: &str| name.split_once('-').map_or(name, |(_, week)| week).to_string();
    all.iter().skip(all.len().saturating_sub(WEEKS)).map(|s| (label(&s.name), s.sums.counts)).collect()
}

fn plots_of(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    let days = periods(data, f);
    let labels: Vec<String> = days.iter().map(|(label, _)| label.clone()).collect();
    let each =
        |value: &dyn Fn(&Counts) -> Option<u64>| days.iter().map(|(_, counts)| value(counts)).collect();
    let series =
        |class, name, value: &dyn Fn(&Counts) -> Option<u64>| Series { class, name, values: each(value) };
    let share = |name: &'static str| move |counts: &Counts| counts.figure(name);
    let number = |n: u64| f.number(n);
    let percent = |n: u64| f.share(n);
    let sum = |at: usize| days.get(at).map(|(_, c)| c.dialogs).filter(|n| *n > 0).map(number);
    let by_day = [
        series("a", w.with_lead, &|c| Some(c.with_lead)),
        series("b", w.without_lead, &|c| Some(c.dialogs - c.with_lead.min(c.dialogs))),
    ];
    let conversion = [
        series("a", w.to_lead, &share("lead_permille")),
        series("c", w.to_booking, &share("booking_permille")),
    ];
    let handoff = [series("d", w.handoffs, &share("handoff_permille"))];
    let answers = [
        series("c", w.within_minute, &|c| Some(c.answered_within_minute)),
        series("d", w.within_hour, &|c| {
            Some(c.answered_within_hour.saturating_sub(c.answered_within_minute))
        }),
        series("e", w.later, &|c| Some(c.answered.saturating_sub(c.answered_within_hour))),
    ];
    let average = |at: usize| Some(f.short_duration(days.get(at)?.1.figure("first_answer_avg_ms")?));
    let (dialogs, converted) = match span(data) {
        Some(_) => (w.by_day, w.conversion),
        None => (w.by_week_of, w.conversion_of),
    };
    let mut cards = vec![
        card(dialogs, &by_day, plots::bars(dialogs, &labels, &by_day, number, sum)),
        card(converted, &conversion, plots::lines(converted, &labels, &conversion, percent)),
        card(w.handoff_share, &handoff, plots::lines(w.handoff_share, &labels, &handoff, percent)),
        card(w.answer_time, &answers, plots::bars(w.answer_time, &labels, &answers, number, average)),
    ];
    cards.push(scores(data, f));
    let weeks = weeks(data);
    if weeks.len() > 1 && span(data).is_some() {
        let labels: Vec<String> = weeks.iter().map(|(label, _)| label.clone()).collect();
        let values = |value: fn(&Counts) -> u64| weeks.iter().map(|(_, c)| Some(value(c))).collect();
        let series = [
            Series { class: "a", name: w.with_lead, values: values(|c| c.with_lead) },
            Series {
                class: "b",
                name: w.without_lead,
                values: values(|c| c.dialogs.saturating_sub(c.with_lead)),
            },
        ];
        let sum = |at: usize| weeks.get(at).map(|(_, c)| number(c.dialogs));
        cards.push(card(w.by_week, &series, plots::bars(w.by_week, &labels, &series, number, sum)));
    }
    format!("<div class=\"plots\">{}</div>", cards.concat())
}

/// How sure the table was, of messages that it answered and of those that it did not (R141).
fn scores(data: &Data<'_>, f: &Format<'_>) -> String {
    let w = f.words;
    let scores = &data.figures.scores;
    let labels: Vec<String> = (0..scores.answered.len()).map(|tenth| (tenth * 100).to_string()).collect();
    let values = |counts: &[u64]| counts.iter().map(|n| Some(*n)).collect();
    let series = [
        Series { class: "c", name: w.answered, values: values(&scores.answered) },
        Series { class: "d", name: w.not_answered, values: values(&scores.unanswered) },
    ];
    let sum = |at: usize| {
        let sum = scores.answered.get(at)? + scores.unanswered.get(at)?;
        (sum > 0).then(|| f.number(sum))
    };
    card(w.scores, &series, plots::bars(w.scores, &labels, &series, |n| f.number(n), sum))
}

fn card(title: &str, series: &[Series<'_>], plot: String) -> String {
    let key: String = series
        .iter()
        .filter(|_| series.len() > 1)
        .map(|one| format!("<li class=\"{}\">{}</li>", one.class, escaped(one.name)))
        .collect();
    let key = if key.is_empty() { key } else { format!("<ul class=\"key\">{key}</ul>") };
    format!("<figure><figcaption>{}</figcaption>{key}{plot}</figure>", escaped(title))
}

/// Dialogs by channel, kind and operator, beside each other.
fn slices(data: &Data<'_>, f: &Format<'_>) -> String {
    let by = &data.figures.by;
    let w = f.words;
    let table = |title: &str, slices: &[Slice]| {
        let rows: String = slices
            .iter()
            .map(|slice| {
                let name = if slice.name == "assistant" { w.assistant } else { &slice.name };
                let c = &slice.sums.counts;
                let share = |name| c.figure(name).map_or_else(|| "–".to_string(), |n| f.share(n));
                format!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    escaped(name),
                    f.number(c.dialogs),
                    share("lead_permille"),
                    share("booking_permille"),
                    share("handoff_permille")
                )
            })
            .collect();
        let head: String = [title, w.dialogs, w.to_lead, w.to_booking, w.call_human]
            .map(|title| format!("<th scope=\"col\">{}</th>", escaped(title)))
            .concat();
        format!(
            "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    };
    if by.channel.is_empty() {
        return String::new();
    }
    let tables = [table(w.channel, &by.channel), table(w.kind, &by.kind), table(w.operator, &by.operator)];
    format!("<div class=\"tables\">{}</div>", tables.concat())
}

fn flows(data: &Data<'_>, w: &Words) -> String {
    if data.charts.is_empty() {
        return String::new();
    }
    let drawn = data.charts.iter().map(|(chart, paths)| {
        let open = if chart.flow.is_none() { " open" } else { "" };
        let title = escaped(&chart.title);
        let chart = svg(&chart.narrow(), Some(paths), false);
        format!(
            "<details class=\"flow\"{open}><summary>{title}</summary><div class=\"scroll\" tabindex=\"0\">{chart}</div></details>"
        )
    });
    format!("<p class=\"note\">{}</p>{}", w.flows_note, drawn.collect::<String>())
}
