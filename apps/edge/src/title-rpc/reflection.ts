import { createRegistry, toBinary, type DescFile, type DescService, type MessageInitShape } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Code, type ServiceImpl } from '@connectrpc/connect';
import type {
  ServerReflection,
  ServerReflectionRequest,
  ServerReflectionResponseSchema,
} from '@viernes/contracts/public';

type ReflectionResponse = MessageInitShape<typeof ServerReflectionResponseSchema>['messageResponse'];

/**
 * Describes services to tools, which then need no `.proto` files.
 *
 * @see https://grpc.io/docs/guides/reflection/
 */
export function createReflection(services: readonly DescService[]): ServiceImpl<typeof ServerReflection> {
  const files = listFiles(services.map(({ file }) => file));
  const registry = createRegistry(...files.values());
  const findFile = (symbol: string): DescFile | undefined => {
    // A method is described by its service, and a field by its message.
    const parent = symbol.slice(0, symbol.lastIndexOf('.'));
    return (registry.get(symbol) ?? registry.get(parent))?.file;
  };
  const respond = ({ messageRequest: { case: kind, value } }: ServerReflectionRequest): ReflectionResponse => {
    switch (kind) {
      case 'listServices':
        return {
          case: 'listServicesResponse',
          value: { service: services.map(({ typeName }) => ({ name: typeName })) },
        };
      case 'fileByFilename':
        return describe(files.get(value), value);
      case 'fileContainingSymbol':
        return describe(findFile(value), value);
      default:
        return {
          case: 'errorResponse',
          value: { errorCode: Code.Unimplemented, errorMessage: 'extensions are not supported' },
        };
    }
  };
  return {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield { validHost: request.host, originalRequest: request, messageResponse: respond(request) };
      }
    },
  };
}

/** Returns a file with all files that it imports, so that a tool needs no further request. */
function describe(file: DescFile | undefined, name: string): ReflectionResponse {
  if (!file)
    return { case: 'errorResponse', value: { errorCode: Code.NotFound, errorMessage: `${name} is not known` } };
  const described = [...listFiles([file]).values()].map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
  return { case: 'fileDescriptorResponse', value: { fileDescriptorProto: described } };
}

function listFiles(roots: readonly DescFile[]): Map<string, DescFile> {
  const files = new Map<string, DescFile>();
  const add = (file: DescFile): void => {
    if (files.has(file.proto.name)) return;
    files.set(file.proto.name, file);
    file.dependencies.forEach(add);
  };
  roots.forEach(add);
  return files;
}
