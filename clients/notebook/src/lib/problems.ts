/** What went wrong, in words for the person who sees it. */
import { NetworkError, ProblemError, SignedOutError } from "feedbacklus-client";
import type { Texts } from "../texts/texts";

export function inWords(error: unknown, t: Texts): string {
  if (error instanceof NetworkError) {
    return t.problems.noConnection;
  }
  if (error instanceof SignedOutError || (error instanceof ProblemError && error.status === 401)) {
    return error instanceof ProblemError && error.code === "sign_in_failed"
      ? t.problems.wrongPassword
      : t.problems.signedOut;
  }
  if (error instanceof ProblemError) {
    return ofProblem(error, t);
  }
  console.error(error);
  return t.problems.unknown;
}

function ofProblem(error: ProblemError, t: Texts): string {
  const known: Record<string, string> = t.problems.byCode;
  const byCode = known[error.code];
  if (byCode !== undefined) {
    return byCode;
  }
  const byStatus: Record<number, string> = {
    403: t.problems.forbidden,
    404: t.problems.notFound,
    410: t.problems.notFound,
    412: t.problems.changedMeanwhile,
    429: t.problems.tooMany,
    503: t.problems.busy,
  };
  return (
    byStatus[error.status] ??
    (error.errors.length > 0 ? t.problems.lookAtFields : `${t.problems.unknown} ${error.detail}`)
  );
}

/** The faults of what was sent, by the member that each is about. */
export function faultsOf(error: unknown, t: Texts): Record<string, string> {
  if (!(error instanceof ProblemError)) {
    return {};
  }
  const words: Record<string, string> = t.problems.faults;
  // What was found in a text is told with its place.
  const faults = error.errors.filter(({ kind }) => kind === undefined);
  return Object.fromEntries(
    faults.map(({ pointer, code, detail }) => [pointer.split("/")[1] ?? "", words[code] ?? detail]),
  );
}
