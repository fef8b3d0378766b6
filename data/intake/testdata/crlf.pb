META
key;value
vote_type;approval
PROJECTS
project_id;cost;votes;name
2;1;1;Жол; 
1;1;2;"Суу ""таза"""
VOTES
voter_id;age;sex;vote
b;40;M;2,1
a;30;F;1