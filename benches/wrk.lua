-- What wrk sends, by LEG in the environment, and the line that load.py reads in the end. Ids are told from numbers, below
-- NETWORKS (each with one cycle) and OBSERVATIONS: see examples/fill.rs.
--   plain: the address as it is (PAGE); get: an observation; list: the 50 newest of a cycle; post: an observation; batch: 1,000
--   observations of a cycle in one request; search: two words that few observations hold; other: METHOD of TARGET with a number
--   below BOUND in it, and BODY with a cycle's.
local leg, all, threads = os.getenv("LEG"), {}, 0
local networks, observations = tonumber(os.getenv("NETWORKS") or 1), tonumber(os.getenv("OBSERVATIONS") or 1)

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

local function id(kind, number) return string.format("01900000-0000-7000-%04x-%012x", kind, number) end
local function network() return id(0x8001, math.random(networks) - 1) end
local function cycle() return id(0x8002, math.random(networks) - 1) end
local function observation() return id(0x8003, math.random(observations) - 1) end

local words = {}
for word in ("mevrouw meneer vertelt dat de het een koffie buiten stond toen zij weer pas durfde vandaag naar"
   .. " inloop met buurvrouw wijkteam gemeente brief vertrouwen één coördinator"):gmatch("%S+") do
   words[#words + 1] = word
end

local function any(list) return list[math.random(#list)] end

-- Which each stand in 50 observations together: see examples/fill.rs.
local pairs_of_words = {
   "zonnebloem+vijver", "fietsband+lantaarn", "knutseltafel+regenjas", "moestuin+kruiwagen", "breiclub+theepot",
   "schaakbord+perron", "houtkachel+sleutelbos", "duiventil+parasol", "orgel+wasknijper", "postduif+ladder",
}

local function text()
   local said = {}
   for i = 1, math.random(20, 45) do said[i] = any(words) end
   return table.concat(said, " ")
end

local function body()
   return '{"body":"' .. text() .. '","perspective":"citizen","voice":"retold","tags":["drempel","koffie"]}'
end

-- Ids of version 7, one after the other as those of a phone are.
local begun, made = os.time() * 1000, 0
local function fresh()
   made = made + 1
   local now = begun + math.floor(made / 4096)
   return string.format("%08x-%04x-7%03x-8%03x-%06x%06x", math.floor(now / 65536), now % 65536, made % 4096, number,
      made, math.random(16777215))
end

local function batch()
   local items, cycle = {}, cycle()
   for i = 1, 1000 do
      items[i] = '{"action":"create","type":"observation","cycleId":"' .. cycle .. '","body":{"id":"' .. fresh() .. '",'
         .. body():sub(2) .. '}'
   end
   return '{"id":"' .. fresh() .. '","items":[' .. table.concat(items, ",") .. ']}'
end

local makers = {
   plain = function() return wrk.format("GET", os.getenv("PAGE")) end,
   get = function() return wrk.format("GET", "/v1/observations/" .. observation()) end,
   list = function() return wrk.format("GET", "/v1/cycles/" .. cycle() .. "/observations") end,
   post = function() return wrk.format("POST", "/v1/cycles/" .. cycle() .. "/observations", nil, body()) end,
   batch = function() return wrk.format("POST", "/v1/batches", nil, batch()) end,
   other = function()
      return wrk.format(os.getenv("METHOD"), os.getenv("TARGET"):format(math.random(tonumber(os.getenv("BOUND"))) - 1), nil,
         os.getenv("BODY") and os.getenv("BODY"):gsub("CYCLE", ("%015d"):format(math.random(networks) - 1)))
   end,
   search = function() return wrk.format("GET", "/v1/search?q=" .. any(pairs_of_words)) end,
}
-- A batch is sent once: again it would change nothing. Whoever runs out of them would count an idle server.
local counts, sent = { batch = 300 }, 0

function init()
   -- Another course for each thread and run.
   local seed = 0
   for byte in io.open("/dev/urandom", "rb"):read(6):gmatch(".") do seed = seed * 256 + byte:byte() end
   math.randomseed(seed + number)
   if leg ~= "plain" then wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN") end
   if leg == "post" or leg == "batch" or leg == "other" then wrk.headers["Content-Type"] = "application/json" end
   -- Requests are made beforehand: what the client costs is taken from the server.
   for i = 1, counts[leg] or 5000 do all[i] = makers[leg]() end
end

if leg == "batch" then
   function request()
      sent = sent + 1
      if sent > #all then
         print("ran out of batches")
         os.exit(1)
      end
      return all[sent]
   end
else
   function request() return any(all) end
end

function done(summary, latency)
   local e = summary.errors
   print(string.format("RESULT %.1f %.3f %.3f %d %d", summary.requests * 1e6 / summary.duration,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.status,
      e.connect + e.read + e.write + e.timeout))
end
