import { withoutUnknownKinds } from './server-dry-run.ts';

test('kinds that the cluster does not have are not errors', () => {
  const stderr = `resource mapping not found for name: "e" namespace: "" from "STDIN": no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io/v1"
ensure CRDs are installed first
Warning: would violate PodSecurity "restricted:latest"
`;
  expect(withoutUnknownKinds(stderr)).toEqual(['Warning: would violate PodSecurity "restricted:latest"']);
});
