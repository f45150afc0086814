/**
 * Reads a file of complete requests, separated by NUL. Sends them in this order, starting at an offset. wrk counts a
 * status of 400 or more as an error.
 *
 * With a pause, each connection waits for this time between a response and its next request, and the first requests are
 * distributed over one pause. Responses are counted by status only with a pause, because wrk then parses the headers of
 * all of them.
 */
export const WRK_SCRIPT = `
local requests, position, waiting = {}, 0, 0
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  local file = io.open(args[1], 'rb')
  for request in file:read('*a'):gmatch('[^%z]+') do requests[#requests + 1] = request end
  file:close()
  position = tonumber(args[2]) % #requests
  served, rejected = 0, 0
  local pause = tonumber(args[3])
  if pause > 0 then pace(tonumber(args[4]), pause) end
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function pace(connections, pause)
  function delay()
    waiting = waiting + 1
    return waiting > connections and pause or math.random(0, pause)
  end

  function response(status, headers)
    if status == 200 then
      served = served + 1
    elseif status == 503 and (headers['retry-after'] or headers['Retry-After']) then
      rejected = rejected + 1
    end
  end
end

function done(summary, latency)
  local e = summary.errors
  local served, rejected = threads[1]:get('served'), threads[1]:get('rejected')
  local share = served > 0 and served / (served + rejected) or 1
  io.write(string.format(
    '\\n{"requests":%d,"duration":%d,"p50":%d,"p95":%d,"p99":%d,"served":%d,"rejected":%d,"servedP99":%d,' ..
    '"errors":{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    served, rejected, latency:percentile(100 - share),
    e.connect, e.read, e.write, e.status, e.timeout))
end
`;
