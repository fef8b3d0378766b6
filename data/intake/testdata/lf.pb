META
key;value
vote_type;approval
PROJECTS
project_id;cost;votes;name
1;1;2;"Суу ""таза"""
2;1;1;Жол
VOTES
voter_id;vote;sex;age
a;1;k;30
b;1,2;m;40.0
