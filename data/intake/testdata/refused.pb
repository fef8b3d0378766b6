META
key;value
vote_type;cumulative
PROJECTS
project_id;name
1;Water
1;Water again
;No id
2;Road;with a semicolon
VOTES
voter_id;vote;points;sex
a;1,9,8;1,1,1;F
b;1;1,2;F
c;1;one;F
d;1;-1;F
e;1;;F
;1;1;F
f;1;2;F
f;1;2;M
g;1;2;F;x
h;1;1.5;F
i;1,1;1000000,1;F
