/**
 * Reads a file with header lines, an empty line, and one path per line. Requests the paths in this order, starting at an
 * offset. Builds each request once, before the load. Counts a status of 400 or more as an error.
 */
export const WRK_SCRIPT = `
local requests, position = {}, 0

function init(args)
  local isBody = false
  for line in io.lines(args[1]) do
    if isBody then requests[#requests + 1] = wrk.format('GET', line)
    elseif line == '' then isBody = true
    else
      local name, value = line:match('^([^:]+): (.*)$')
      wrk.headers[name] = value
    end
  end
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
