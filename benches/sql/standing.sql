SELECT people.id, people.system_role = 'admin', members.role, participants.role, networks.state = 'archived',
       emergency_accesses.id, cycles.network_id, cycles.phase, cycles.closed_at
FROM auth_sessions
JOIN people ON people.id = auth_sessions.person_id
LEFT JOIN cycles ON cycles.id = :cycle
LEFT JOIN networks ON networks.id = cycles.network_id
LEFT JOIN members ON members.network_id = networks.id AND members.person_id = people.id
    AND members.starts_at <= :now AND (members.ends_at IS NULL OR members.ends_at > :now)
LEFT JOIN participants ON participants.network_id = networks.id AND participants.person_id = people.id
    AND participants.cycle_id = cycles.id
    AND participants.starts_at <= :now AND (participants.ends_at IS NULL OR participants.ends_at > :now)
LEFT JOIN emergency_accesses ON people.system_role = 'admin' AND emergency_accesses.person_id = people.id
    AND emergency_accesses.network_id = networks.id AND emergency_accesses.ended_at IS NULL
    AND emergency_accesses.expires_at > :now
WHERE auth_sessions.id = :session AND auth_sessions.ended_at IS NULL AND auth_sessions.expires_at > :now
    AND people.active
