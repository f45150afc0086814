import { objectsOfKind, sortComplaints } from './server-dry-run.ts';

test('the objects of one kind are taken out, whole', () => {
  const manifests = '---\nkind: Pod\nname: a\n---\nkind: ServiceAccount\nname: b\n---\nkind: ServiceAccount\nname: c\n';
  expect(objectsOfKind(manifests, 'ServiceAccount')).toBe(
    '\nkind: ServiceAccount\nname: b\n---\nkind: ServiceAccount\nname: c\n',
  );
});

test('a kind that the cluster lacks is told apart from an object that it refuses', () => {
  const stderr = `resource mapping not found for name: "e" namespace: "" from "STDIN": no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io/v1"
ensure CRDs are installed first
Warning: would violate PodSecurity "restricted:latest"
`;
  expect(sortComplaints(stderr)).toEqual({
    absent: ['HTTPRoute'],
    faults: ['Warning: would violate PodSecurity "restricted:latest"'],
  });
});
