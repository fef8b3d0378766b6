META
key;value
description;Ак-Муз, 2017
unit;Ак-Муз
num_projects;3
num_votes;6
vote_type;cumulative
date_end;20.09.2017
language;russian
PROJECTS
project_id;cost;votes;score;name
w/1;;4;9;"Питьевая вода; школа"
r/2;;3;6;Внутренние дороги
k/3;;1;1;Детский сад
VOTES
voter_id;age;sex;district;vote;points
a1;34;K;Ак-Муз;w/1,r/2;3,2
a2;16;K;Ак-Муз;w/1,w/1;1,1
a3;127;M;Ак-Муз;r/2,w/1;3,2
b1;70;M;Терек-Суу;w/1,k/3;2,1
b2;None;\N;;r/2;1
b3;12;M;;;
