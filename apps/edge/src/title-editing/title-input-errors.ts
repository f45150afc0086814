import { CodedError } from '@viernes/contracts';

/** The field of the gRPC requests that contains the body of the HTTP request. */
const PREFIX = 'title.';

/** Makes the call, and names the fields of its error as in the body of the HTTP request. */
export async function withBodyPaths<Response>(call: Promise<Response>): Promise<Response> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CodedError) || error.fieldErrors.length === 0) throw error;
    const fieldErrors = error.fieldErrors.map(({ path, message }) => ({
      path: path.startsWith(PREFIX) ? path.slice(PREFIX.length) : path,
      message,
    }));
    throw new CodedError(error.code, error.details, { cause: error, fieldErrors });
  }
}
