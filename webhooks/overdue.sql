-- What should have been done long ago and has lost its job: turns that the mind never read, messages that never
-- left, items that were never taken in. One merchant at a time, with the caller's rights, like webhooks.receive.
create function webhooks.overdue(_unread timestamptz, _stuck timestamptz)
returns table (merchant uuid, kind text, id uuid) language plpgsql as $body$
declare
  _merchant uuid;
begin
  for _merchant in select distinct r.merchant_id from webhooks.number_route as r loop
    perform set_config('mostrador.merchant', _merchant::text, true);
    return query (select _merchant, 'close', t.conversation_id from webhooks.turn as t
      where t.merchant_id = _merchant and t.state in ('asked', 'booking') and t.asked_at < _unread limit 100);
    return query (select _merchant, 'send', o.id from webhooks.outbox as o
      where o.merchant_id = _merchant and o.state in ('queued', 'sending', 'unknown') and o.not_before < _stuck
      limit 100);
    return query (select _merchant, case i.kind when 'status' then 'settle' when 'message' then 'gather'
        when 'echo' then 'gather' else 'note' end, i.id from webhooks.inbound as i
      where i.merchant_id = _merchant and i.taken_at is null and i.received_at < _stuck limit 100);
  end loop;
  perform set_config('mostrador.merchant', '', true);
end $body$;
