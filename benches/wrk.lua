-- What wrk sends, by LEG in the environment, and the line that bench.sh reads in the end.
--   plain: the address as it is; get: an observation; list: a cycle's 50 newest; anew: its 41 to 60 newest, more pages
--   than the server keeps; post: an observation, into the newest cycle; scatter: an observation, into any of all cycles.
local leg = os.getenv("LEG")
local all = {}
local threads = 0

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

local function lines(file)
   local read = {}
   for line in io.lines(os.getenv("IDS") .. "/" .. file) do read[#read + 1] = line end
   return read
end

local function any(list) return list[math.random(#list)] end

local function text(words)
   local said = {}
   for i = 1, math.random(20, 45) do said[i] = any(words) end
   return table.concat(said, " ")
end

function init()
   if leg == "plain" then return end
   -- Another course for each thread and run.
   local seed = 0
   for byte in io.open("/dev/urandom", "rb"):read(6):gmatch(".") do seed = seed * 256 + byte:byte() end
   math.randomseed(seed + number)
   wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
   -- Requests are made beforehand: what the client costs is taken from the server.
   if leg == "get" then
      local ids = lines("observations")
      for i = 1, 5000 do all[i] = wrk.format("GET", "/v1/observations/" .. any(ids)) end
   elseif leg == "list" or leg == "anew" then
      for _, id in ipairs(lines("cycles")) do
         local path = "/v1/cycles/" .. id .. "/observations"
         if leg == "list" then all[#all + 1] = wrk.format("GET", path) end
         for limit = 41, leg == "anew" and 60 or 0 do all[#all + 1] = wrk.format("GET", path .. "?limit=" .. limit) end
      end
   else
      wrk.headers["Content-Type"] = "application/json"
      local cycles, words = lines("cycles"), {}
      for word in ("mevrouw meneer vertelt dat de het een koffie buiten stond toen zij weer pas durfde vandaag naar"
         .. " inloop met buurvrouw wijkteam gemeente brief vertrouwen één coördinator"):gmatch("%S+") do
         words[#words + 1] = word
      end
      for i = 1, 1000 do
         all[i] = wrk.format("POST", "/v1/cycles/" .. (leg == "post" and cycles[#cycles] or any(cycles)) .. "/observations",
            nil, '{"body":"' .. text(words) .. '","perspective":"citizen","voice":"retold","tags":["drempel","koffie"]}')
      end
   end
end

if leg ~= "plain" then
   function request() return any(all) end
end

function done(summary, latency)
   local e = summary.errors
   print(string.format("RESULT %.0f %.2f %.2f %d %d", summary.requests * 1e6 / summary.duration,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.status,
      e.connect + e.read + e.write + e.timeout))
end
