namespace Plumbline;

/// <summary>How the coefficients of a model were trained, when they are not the least-squares fit itself.</summary>
/// <param name="Optimizer">sgd, momentum, nesterov, adam, averaged-sgd, conjugate-gradient.</param>
/// <param name="Loss">squared, absolute, huber.</param>
/// <param name="Batch">Rows of a minibatch.</param>
/// <param name="LearningRate">The learning rate at the start; NaN where there is none.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Standardized">Whether columns were standardized inside.</param>
/// <param name="TrainingRows">Rows trained on.</param>
/// <param name="ValidationRows">Rows held out.</param>
/// <param name="Stopped">Why it ended: epochs, patience, excess, gradient, time, diverged.</param>
/// <param name="ExcessLoss">The mean loss above its exact minimum; NaN when not known.</param>
public sealed record TrainingDetails(
    string Optimizer, string Loss, long Batch, double LearningRate, int Epochs, ulong Seed, bool Standardized, long TrainingRows, long ValidationRows, string Stopped, double ExcessLoss);
