/**
 * Reads a file of complete requests, separated by NUL. Sends them in this order, starting at an offset. Counts a status of
 * 400 or more as an error.
 */
export const WRK_SCRIPT = `
local requests, position = {}, 0

function init(args)
  local file = io.open(args[1], 'rb')
  for request in file:read('*a'):gmatch('[^%z]+') do requests[#requests + 1] = request end
  file:close()
  position = tonumber(args[2]) % #requests
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"duration":%d,"p50":%d,"p95":%d,"p99":%d,' ..
    '"errors":{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    e.connect, e.read, e.write, e.status, e.timeout))
end
`;
