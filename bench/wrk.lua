-- Prints what bench/run wants to know; with BENCH_PATHS, a file of paths, asks for these in turn.
local file = os.getenv("BENCH_PATHS")
if file then
  local paths, next_path = {}, 0
  for line in io.lines(file) do paths[#paths + 1] = line end
  request = function()
    next_path = next_path % #paths + 1
    return wrk.format("GET", paths[next_path])
  end
end

done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout
  io.write(string.format("RESULT %.3f %.4f %.4f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
