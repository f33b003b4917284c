-- Stores the items of any number of deliveries and defers the jobs of those that are new, in one statement.
-- Runs with the caller's rights, one merchant at a time, so that row-level security holds here as everywhere.
-- Answers each item that was there before with its twin.
-- _merchants: [{"merchant": …, "items": [{"id": …, …, "digest": hex, "party": hex, "raw": base64}]}]
create function webhooks.receive(_merchants json, _received timestamptz)
returns table (item uuid, twin uuid) language plpgsql as $body$
declare
  _given json;
  _merchant uuid;
  _fresh uuid[];
  _jobs jobs.procrastinate_job_to_defer_v1[];
begin
  for _given in select * from json_array_elements(_merchants) loop
    _merchant := _given ->> 'merchant';
    perform set_config('mostrador.merchant', _merchant::text, true);
    with fresh as (
      insert into webhooks.inbound as i
        (id, merchant_id, kind, phone_number_id, waba_id, digest, party, sent_at, received_at, raw)
      select g.id, _merchant, g.kind, g.number_id, g.waba_id, decode(g.digest, 'hex'), decode(g.party, 'hex'),
          g.sent_at, _received, decode(g.raw, 'base64')
        from json_to_recordset(_given -> 'items') as g(
          id uuid, kind text, number_id text, waba_id text, digest text, party text, sent_at timestamptz, raw text)
        -- Always in the same order, so that two processes given the same items cannot lock each other out.
        order by g.digest
      on conflict (merchant_id, digest) do nothing
      returning i.id, i.kind, i.party, i.sent_at
    ), wanted as (
      select row('edge', 'webhooks:gather', 0, 'gather|' || encode(f.party, 'hex'), null,
          jsonb_build_object('merchant', _merchant, 'inbound', (array_agg(f.id order by f.sent_at, f.id))[1]),
          null)::jobs.procrastinate_job_to_defer_v1 as job
        from fresh as f where f.kind in ('message', 'echo') group by f.party
      union all
      select row('edge', 'webhooks:note', 0, null, null,
          jsonb_build_object('merchant', _merchant, 'inbound', f.id), null)::jobs.procrastinate_job_to_defer_v1
        from fresh as f where f.kind in ('field', 'error')
      union all
      select row('edge_status', 'webhooks:settle', 0, null, null,
          jsonb_build_object('merchant', _merchant), null)::jobs.procrastinate_job_to_defer_v1
        from fresh as f where f.kind = 'status' having count(*) > 0
    )
    select (select array_agg(id) from fresh), (select array_agg(job) from wanted) into _fresh, _jobs;
    if _jobs is not null then
      perform jobs.procrastinate_defer_jobs_v1(_jobs);
    end if;
    -- Twins are looked up only where there are some; the usual delivery is all new.
    if coalesce(cardinality(_fresh), 0) < json_array_length(_given -> 'items') then
      return query
      select g.id, (select i.id from webhooks.inbound as i
            where i.merchant_id = _merchant and i.digest = decode(g.digest, 'hex'))
        from json_to_recordset(_given -> 'items') as g(id uuid, digest text)
        where not g.id = any (coalesce(_fresh, '{}'));
    end if;
  end loop;
  perform set_config('mostrador.merchant', '', true);
end $body$;
