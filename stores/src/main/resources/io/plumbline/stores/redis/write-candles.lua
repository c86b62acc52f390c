-- Writes candles of one series: into empty slots, or over older candles. One slot, one candle.
--
-- KEYS[1]  the sorted set
-- ARGV     newest candles to keep (0: all), expiry in ms (0: none), names of the sequence and the origin field,
--          then for each candle, newest first: open time, sequence, 1 where live, member
-- answers  one word per candle
--
-- Nothing is removed before something was added: where Redis is out of memory, the first write is denied and none is
-- done. Numbers are doubles here; of two sequences that round to the same one, neither is strictly higher.

local key = KEYS[1]
local newest, expiry = tonumber(ARGV[1]), tonumber(ARGV[2])
local sequence_field, origin_field = ARGV[3], ARGV[4]

-- What cannot be read, or does not say where it comes from, is the application's: live, and of no known sequence.
local function read(member)
  local readable, fields = pcall(cjson.decode, member)
  if not readable or type(fields) ~= 'table' then
    return { live = true }
  end
  local origin = fields[origin_field]
  local backfilled = type(origin) == 'string' and string.lower(origin) == 'backfill'
  return { live = not backfilled, sequence = tonumber(fields[sequence_field]) }
end

local function newer(a, b)
  if b.live and not a.live then
    return false
  end
  return a.sequence ~= nil and b.sequence ~= nil and a.sequence > b.sequence
end

local size = redis.call('ZCARD', key)
local left = redis.call('PTTL', key)
local changed = false

local function is_forgotten(open_time)
  return newest > 0 and size >= newest
    and tonumber(open_time) < tonumber(redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2])
end

local function fill(open_time, member)
  if is_forgotten(open_time) then
    return 'TRIMMED'
  end
  redis.call('ZADD', key, open_time, member)
  if newest > 0 and size >= newest then
    redis.call('ZREMRANGEBYRANK', key, 0, 0)
  else
    size = size + 1
  end
  changed = true
  return 'FILLED'
end

-- Several members at one open time are those of somebody who did not remove the first: the older ones go.
local function replace(open_time, candle, member, held)
  local same, older, others = false, {}, {}
  for _, other in ipairs(held) do
    local content = read(other)
    if other == member then
      same = true
    elseif newer(candle, content) then
      table.insert(older, { member = other, content = content })
    else
      table.insert(others, content)
    end
  end
  local wins = #others == 0
  local gone = {}
  for _, loser in ipairs(older) do
    local beaten = wins or same
    for _, other in ipairs(others) do
      beaten = beaten or newer(other, loser.content)
    end
    if beaten then
      table.insert(gone, loser.member)
    end
  end
  if #gone == 0 then
    return (same and wins) and 'SAME' or 'KEPT'
  end
  if wins and not same then
    redis.call('ZADD', key, open_time, member)
    size = size + 1
  end
  redis.call('ZREM', key, unpack(gone))
  size = size - #gone
  changed = true
  return 'REPLACED'
end

local answers = {}
for i = 5, #ARGV, 4 do
  local open_time, member = ARGV[i], ARGV[i + 3]
  local candle = { sequence = tonumber(ARGV[i + 1]), live = ARGV[i + 2] == '1' }
  local held = redis.call('ZRANGEBYSCORE', key, open_time, open_time)
  if #held == 0 then
    table.insert(answers, fill(open_time, member))
  else
    table.insert(answers, replace(open_time, candle, member, held))
  end
end

-- A series that lives longer, or for ever, is not shortened.
if changed and expiry > 0 and (left == -2 or (left >= 0 and left < expiry)) then
  redis.call('PEXPIRE', key, expiry)
end
return answers
