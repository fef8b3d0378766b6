META
vote_type;approval
PROJECTS
project_id;name
1;Œcie¿ka w £odzi
VOTES
voter_id;vote
a;1
