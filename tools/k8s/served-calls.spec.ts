import { callsIn, callsLine } from './served-calls.ts';

const METRICS = `# TYPE grpc_server_calls_total counter
grpc_server_calls_total{service="viernes.catalog.v1.CatalogService",method="getTitle",code="OK"} 12
grpc_server_calls_total{service="viernes.catalog.v1.CatalogService",method="listTitles",code="CANCELLED"} 3
grpc_server_calls_total{service="viernes.messaging.v1.DeadLetterService",method="list",code="OK"} 100
http_requests_total{operation="listTitles",status="200"} 7
http_requests_total 1
`;

test('calls of one service are added up, those of others left out', () => {
  expect(callsIn(METRICS, 'catalog')).toBe(15);
  expect(callsIn(METRICS, 'user')).toBe(0);
  expect(callsIn(METRICS, 'edge')).toBe(8);
});

test('what was served between two looks, in all and by each pod', () => {
  const before = new Map([['viernes-catalog-1-aaaaa', 100]]);
  const after = new Map([
    ['viernes-catalog-1-aaaaa', 130],
    ['viernes-catalog-1-bbbbb', 10],
  ]);
  expect(callsLine(before, after, 2)).toBe('2 pods    20.0 calls/s  |  aaaaa   15.0/s  75 %  |  bbbbb    5.0/s  25 %');
});

test('nothing served is no part of nothing', () => {
  const look = new Map([['p-a', 5]]);
  expect(callsLine(look, look, 2)).toBe('1 pods     0.0 calls/s  |  a    0.0/s   0 %');
});
