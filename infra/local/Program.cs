// Replaced by the commands as they land.
return 0;
