mod returns;
