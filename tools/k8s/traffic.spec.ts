import { countCalls, formatTraffic } from './traffic.ts';

const METRICS = `# TYPE grpc_server_calls_total counter
grpc_server_calls_total{service="viernes.catalog.v1.CatalogService",method="getTitle",code="OK"} 12
grpc_server_calls_total{service="viernes.catalog.v1.CatalogService",method="listTitles",code="CANCELLED"} 3
grpc_server_calls_total{service="viernes.messaging.v1.DeadLetterService",method="list",code="OK"} 100
http_requests_total{operation="listTitles",status="200"} 7
http_requests_total{operation="getTitle",status="200"} 1
http_requests_total_created{operation="getTitle"} 1000
`;

test('the calls of one service are added up, without those of other services', () => {
  expect(countCalls(METRICS, 'catalog')).toBe(15);
  expect(countCalls(METRICS, 'user')).toBe(0);
  expect(countCalls(METRICS, 'edge')).toBe(8);
});

test('the line shows the calls per second in total and per pod', () => {
  const before = new Map([['viernes-catalog-1-aaaaa', 100]]);
  const after = new Map([
    ['viernes-catalog-1-aaaaa', 130],
    ['viernes-catalog-1-bbbbb', 10],
  ]);
  expect(formatTraffic(before, after, 2)).toBe(
    '2 pods    20.0 calls/s  |  aaaaa   15.0/s  75 %  |  bbbbb    5.0/s  25 %',
  );
});

test('the share is 0 % if no pod served a call', () => {
  const counts = new Map([['p-a', 5]]);
  expect(formatTraffic(counts, counts, 2)).toBe('1 pods     0.0 calls/s  |  a    0.0/s   0 %');
});
