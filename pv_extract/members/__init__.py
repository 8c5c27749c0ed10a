"""Who is there: names, the roll call and its tables, proxies, and who is who in the text."""
