import { toMessage } from '../api/problem-messages.js';

/** The problem of a failed action. */
export function ActionProblem({ error }: { readonly error: Error | null }) {
  return error ? (
    <p className="form-problem action-problem" role="alert">
      {toMessage(error)}
    </p>
  ) : null;
}
