META
key;value
description;Ballots with everything that goes wrong; and a semicolon
unit;Ак-Муз
num_projects;4
num_votes;99
vote_type;cumulative
max_length;2
max_sum_points;10
PROJECTS
votes;project_id;name;cost;score;category
9;1;"Clean water; also for the ""upper"" street";1000.50;23;water
3;2;1. "Foo" bar;;;
2;3;"Foo" bar;abc;12;
x;4;;;;

VOTES
age;voter_id;points;vote;sex;neighborhood;district
34;v1;3,2;1,2;F;n1;Ак-Муз
34.0;v2;5;1;k;n1;Ак-Муз
34,00;v3;5;1;Kobieta;n1;Ак-Муз
34.5;v4;1;1;M;n1;Кара-Суу
None;v5;1;1;m;n1;None
\N;v6;1;1;\N;n1;
127;v7;1;1;;n1;Ак-Муз
;v8;1;2;None;n1;Ак-Муз
9;v9;1;3;X;n1;Ак-Муз
18–28;v10;1;3;эркек;n1;Ак-Муз
20-30;v11;1;3;аял;n1;Ак-Муз
1985-03-02;v12;1;3;мужской;n1;Ак-Муз
61+;v13;1,4,2;3,3,3;?;n1;Ак-Муз
35;v14;;;F;n1;Ак-Муз

34;v1;2,3;2,1;F;n1;Ак-Муз
-1;v15; 1 , 2 ;1, 2;F;n1;Ак-Муз;
