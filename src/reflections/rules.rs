//! What makes a reflection whole.

use super::models;
use super::types::{Answer, FrameShift, LoopDepth, Model, Reflection, ReflectionPatch, Visibility};
use crate::db::types::Json;
use crate::error::{Error, FieldError, Result};
use crate::practice::{RecordState, not_withdrawn};

/// A fault for each answer to a prompt that the model does not have, or that is answered twice.
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
        } else if answers[..index].iter().any(|earlier| earlier.prompt_id == answer.prompt_id) {
            faults.push(FieldError::new(pointer, "duplicate", "Answer each prompt once."));
        }
    }
}

/// Applies a patch. `followed` tells that an action follows from the reflection: others rely on seeing it.
pub fn amend(reflection: &mut Reflection, patch: ReflectionPatch, followed: bool) -> Result<()> {
    not_withdrawn(reflection.state == RecordState::Withdrawn)?;
    if patch.visibility.0 == Some(Visibility::Author)
        && reflection.visibility == Visibility::Network
        && followed
    {
        return Err(Error::conflict(
            "followed",
            "An action follows from this reflection; it stays visible to the network.",
        ));
    }
    let mut faults = Vec::new();
    if let Some(answers) = &patch.answers.0 {
        answers_fit(reflection.model, answers, &mut faults);
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
