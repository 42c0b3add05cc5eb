#!/usr/bin/env python3
"""Fits y to all other columns of a CSV file with pandas and scikit-learn.

    files.py FILE
"""
import sys

import pandas
from sklearn.linear_model import LinearRegression

data = pandas.read_csv(sys.argv[1])
model = LinearRegression().fit(data.drop(columns="y"), data["y"])
print(model.intercept_, model.coef_)
