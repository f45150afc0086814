// The contracts that the edge serves to gRPC clients outside of the platform. Services do not load them.
export * from './gen/public/viernes/edge/v1/catalog_pb.js';
export * from './gen/public/grpc/health/v1/health_pb.js';
export * from './gen/public/grpc/reflection/v1/reflection_pb.js';
