import { toMessage } from '../api/problem-messages.js';

/** Why the action of a button failed. */
export function ActionProblem({ error }: { readonly error: Error | null }) {
  return error ? (
    <p className="form-problem action-problem" role="alert">
      {toMessage(error)}
    </p>
  ) : null;
}
