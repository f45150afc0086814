import { CodedError } from '@viernes/contracts';

/**
 * Awaits a gRPC call. If it fails, names the fields of the error as in the body of the HTTP request.
 *
 * @param field the field of the gRPC request that contains the body
 */
export async function withBodyPaths<Response>(field: string, call: Promise<Response>): Promise<Response> {
  const prefix = `${field}.`;
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CodedError) || error.fieldErrors.length === 0) throw error;
    const fieldErrors = error.fieldErrors.map((each) => ({
      ...each,
      path: each.path.startsWith(prefix) ? each.path.slice(prefix.length) : each.path,
    }));
    throw new CodedError(error.code, error.details, { cause: error, fieldErrors });
  }
}
