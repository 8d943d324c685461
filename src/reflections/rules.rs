//! What makes a reflection whole.

use super::models;
use super::types::{Answer, FrameShift, LoopDepth, Model, Reflection, ReflectionPatch, Visibility};
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::practice::{RecordState, dangling, not_withdrawn};

/// A fault for each answer to a prompt that the model does not have, or that is answered twice: by the same person, or
/// twice without a name, a dissent apart from what the others hold.
pub fn answers_fit(model: Model, answers: &[Answer], faults: &mut Vec<FieldError>) {
    let prompts: Vec<&str> = models::of(model).prompts.iter().map(|prompt| prompt.id).collect();
    for (index, answer) in answers.iter().enumerate() {
        let pointer = format!("/answers/{index}/promptId");
        if !prompts.contains(&&*answer.prompt_id) {
            faults.push(FieldError::new(
                pointer,
                "not_in_enum",
                format!("Must be one of: {}.", prompts.join(", ")),
            ));
        } else if answers[..index].iter().any(|earlier| same_place(earlier, answer)) {
            let detail = "Answer each prompt once, and once more for each person who is named.";
            faults.push(FieldError::new(pointer, "duplicate", detail));
        }
    }
}

fn same_place(one: &Answer, other: &Answer) -> bool {
    let dissents = |answer: &Answer| answer.dissent == Some(true);
    let same_voice = match (one.person_id, other.person_id) {
        (None, None) => dissents(one) == dissents(other),
        (one, other) => one == other,
    };
    one.prompt_id == other.prompt_id && same_voice
}

/// A fault for each answer that names somebody who neither wrote the reflection nor thought along.
pub fn named_thought_along(reflection: &Reflection, faults: &mut Vec<FieldError>) {
    for (index, answer) in reflection.answers.iter().enumerate() {
        if let Some(person_id) = answer.person_id
            && person_id != reflection.author_id
            && !reflection.participant_ids.contains(&person_id)
        {
            faults.push(dangling(&format!("answers/{index}/personId"), person_id));
        }
    }
}

/// A fault where changed answers leave out or reword a dissent that is not the author's own.
fn dissent_stays(reflection: &Reflection, answers: &[Answer], faults: &mut Vec<FieldError>) {
    let mut dissent = reflection
        .answers
        .iter()
        .filter(|answer| answer.dissent == Some(true) && answer.person_id != Some(reflection.author_id));
    if !dissent.all(|answer| answers.contains(answer)) {
        let detail = "A dissenting answer stays as it was given; send it along unchanged.";
        faults.push(FieldError::new("/answers", "dissent_stays", detail));
    }
}

/// A reflection of a session is not its author's alone.
pub fn made_together() -> FieldError {
    let detail = "A reflection that was made together in a session is visible to the network.";
    FieldError::new("/visibility", "inconsistent", detail)
}

/// Applies a patch. `followed` tells that an action follows from the reflection: others rely on seeing it.
pub fn amend(reflection: &mut Reflection, patch: ReflectionPatch, followed: bool) -> Result<()> {
    not_withdrawn(reflection.state == RecordState::Withdrawn)?;
    let mut faults = Vec::new();
    if let Some(answers) = &patch.answers.0 {
        answers_fit(reflection.model, answers, &mut faults);
        dissent_stays(reflection, answers, &mut faults);
    }
    if patch.visibility.0 == Some(Visibility::Author) && reflection.session_id.is_some() {
        faults.push(made_together());
    } else if patch.visibility.0 == Some(Visibility::Author)
        && reflection.visibility == Visibility::Network
        && followed
    {
        let detail = "An action follows from this reflection; it stays visible to the network.";
        faults.push(FieldError::new("/visibility", "followed", detail));
    }
    patch.observation_ids.apply(&mut reflection.observation_ids, |ids| Json(ids.into_vec()));
    patch.answers.apply(&mut reflection.answers, |answers| Json(answers.into_vec()));
    patch.loop_depth.apply(&mut reflection.loop_depth, |depth| depth);
    patch.frame_shift.apply(&mut reflection.frame_shift, Json::<FrameShift>);
    patch.participant_ids.apply(&mut reflection.participant_ids, |ids| Json(ids.into_vec()));
    patch.visibility.apply(&mut reflection.visibility, |visibility| visibility);
    if reflection.loop_depth != LoopDepth::Single && reflection.frame_shift.is_none() {
        faults.push(FieldError::new("/frameShift", "required", "double and triple need a frame shift."));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::inconsistent(faults)) }
}
