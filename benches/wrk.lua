-- What wrk sends, by LEG in the environment, and the line that bench.sh reads in the end.
--   plain: the address as it is; get: an observation; list: a cycle's 50 newest; post: an observation, in any cycle.
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

-- A UUID of version 7, as clients are advised to make them: it begins with the time.
local function uuid()
   local ms = os.time() * 1000 + math.random(0, 999)
   return string.format("%08x-%04x-7%03x-%04x-%06x%06x", math.floor(ms / 65536), ms % 65536,
      math.random(0, 0xfff), math.random(0x8000, 0xbfff), math.random(0, 0xffffff), math.random(0, 0xffffff))
end

local function text(words)
   local said = {}
   for i = 1, math.random(20, 45) do said[i] = any(words) end
   return table.concat(said, " ")
end

function init()
   if leg == "plain" then return end
   -- Another course for each thread and run: ids are never sent twice.
   local seed = 0
   for byte in io.open("/dev/urandom", "rb"):read(6):gmatch(".") do seed = seed * 256 + byte:byte() end
   math.randomseed(seed + number)
   wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
   if leg == "get" then
      all = lines("observations")
      head, tail = wrk.format("GET", "/v1/observations/@"):match("^(.-)@(.*)$")
   elseif leg == "list" then
      for i, id in ipairs(lines("cycles")) do all[i] = wrk.format("GET", "/v1/cycles/" .. id .. "/observations") end
   else
      wrk.headers["Content-Type"] = "application/json"
      all, texts = lines("cycles"), {}
      local words = {}
      for word in ("mevrouw meneer vertelt dat de het een koffie buiten stond toen zij weer pas durfde vandaag naar"
         .. " inloop met buurvrouw wijkteam gemeente brief vertrouwen één coördinator"):gmatch("%S+") do
         words[#words + 1] = word
      end
      for i = 1, 64 do texts[i] = text(words) end
   end
end

if leg == "get" then
   function request() return head .. any(all) .. tail end
elseif leg == "list" then
   function request() return any(all) end
elseif leg == "post" then
   function request()
      return wrk.format("POST", "/v1/cycles/" .. any(all) .. "/observations", nil, '{"id":"' .. uuid()
         .. '","body":"' .. any(texts) .. '","perspective":"citizen","voice":"retold","tags":["drempel","koffie"]}')
   end
end

function done(summary, latency)
   local e = summary.errors
   print(string.format("RESULT %.0f %.2f %.2f %d %d", summary.requests * 1e6 / summary.duration,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.status,
      e.connect + e.read + e.write + e.timeout))
end
