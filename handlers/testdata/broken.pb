META
key;value
description;Ак-Муз, 2017
num_projects;2
num_votes;6
vote_type;approval
PROJECTS
project_id;votes;name
w/1;5;Питьевая вода
r/2;2;Внутренние дороги
VOTES
voter_id;age;sex;district;vote
a1;34;K;Ак-Муз;w/1,r/2
a2;16;K;Ак-Муз;w/9
a3;127;M;Ак-Муз;r/2;w/1
;70;M;Терек-Суу;w/1
b2;None;\N;;x/1
a1;34;K;Ак-Муз;w/1
