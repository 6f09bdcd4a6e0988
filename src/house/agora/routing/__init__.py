"""Whom to ask: up to three peers, each with reasons that the asker can judge.

`facts` are what is known of a question and of a person, `judging` makes an order of them (pure
functions, no database), `words` compares texts, `reading` gets the facts through the asker's doors,
`proposing` puts these together.
"""
