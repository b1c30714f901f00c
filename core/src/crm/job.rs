//! What the effects of a turn ask of one target.

use crate::dialog::{CreateLead, HandoffEffect, HandoffTo, UpdateLead};
use crate::wire::{Outgoing, OutgoingKind, Said};

/// What one effect asks.
#[derive(Clone, Copy)]
pub(super) struct Job<'e> {
    /// Key of the effect.
    pub(super) key: &'e str,
    /// What is to be done.
    pub(super) task: Task<'e>,
}

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) enum Task<'e> {
    Create(&'e CreateLead),
    Update(&'e UpdateLead),
    /// A call for a human, with what this target was told to do about it, if anything.
    Handoff(&'e HandoffEffect, Option<&'e HandoffTo>),
    /// A message to the team, or a note on the client's card.
    Tell(&'e str),
    Status(&'e str),
    Tag(&'e str),
    Alert {
        code: &'e str,
        text: &'e str,
    },
    Reply(&'e Said),
    Finish,
}

/// What effects ask of a target: those that name it, and those that name none.
pub(super) fn jobs<'e>(effects: &'e [Outgoing], target: &str) -> Vec<Job<'e>> {
    let ours = |to: &[String]| to.iter().any(|name| name == target);
    let task = |effect: &'e Outgoing| match &effect.kind {
        OutgoingKind::CreateLead(lead) if ours(&lead.to) => Some(Task::Create(lead)),
        OutgoingKind::UpdateLead(lead) if ours(&lead.to) => Some(Task::Update(lead)),
        OutgoingKind::Handoff(call) => {
            Some(Task::Handoff(call, call.to.iter().find(|to| to.target == target)))
        }
        OutgoingKind::Notify { to, text } | OutgoingKind::Note { to, text } if to == target => {
            Some(Task::Tell(text))
        }
        OutgoingKind::SetStatus { status } => Some(Task::Status(status)),
        OutgoingKind::Tag { tag } => Some(Task::Tag(tag)),
        OutgoingKind::Alert { code, text } => Some(Task::Alert { code, text }),
        OutgoingKind::Reply(said) => Some(Task::Reply(said)),
        OutgoingKind::Finish { .. } => Some(Task::Finish),
        _ => None,
    };
    effects.iter().filter_map(|effect| Some(Job { key: &effect.key, task: task(effect)? })).collect()
}

/// The last status that is set beside a lead which is created: the CRM gives an id only after, so the lead begins in the
/// stage of that status. None where no lead is created.
pub(super) fn first_status<'e>(jobs: &[Job<'e>]) -> Option<&'e str> {
    creates(jobs).then(|| jobs.iter().rev().find_map(status))?
}

/// The tags that are set beside a lead which is created.
pub(super) fn first_tags<'e>(jobs: &[Job<'e>]) -> Vec<&'e str> {
    let tag = |job: &Job<'e>| if let Task::Tag(tag) = job.task { Some(tag) } else { None };
    if creates(jobs) { jobs.iter().filter_map(tag).collect() } else { Vec::new() }
}

/// Whether a lead is created, so that what is set beside it goes into it.
pub(super) fn creates(jobs: &[Job<'_>]) -> bool {
    jobs.iter().any(|job| matches!(job.task, Task::Create(_)))
}

fn status<'e>(job: &Job<'e>) -> Option<&'e str> {
    if let Task::Status(status) = job.task { Some(status) } else { None }
}
