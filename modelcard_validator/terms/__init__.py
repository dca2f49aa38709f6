"""What the texts say: licences, service terms and policies, dated and read clause by clause.

catalog/*.yaml     one file per text, in the vocabulary of vocabulary.yaml
known/*.yaml       which licence a well-known model carries, whose outputs a well-known dataset holds
store.py           all of it in one file that opens fast, written at build time by compiler.py
texts.py           `Text` and `Fact`, and how to look them up
lint.py            what is wrong with files of that format; own.py consults such files beside the store
resolve.py         from a declared licence, or a provider, channel and date, to the texts that may govern
known.py           what is known of a model or a dataset by its id
"""
