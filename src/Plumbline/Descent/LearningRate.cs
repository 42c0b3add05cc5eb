namespace Plumbline;

/// <summary>The learning rate of each step.</summary>
/// <param name="options">The schedule.</param>
/// <param name="rate">η at the start.</param>
/// <param name="stepsOfEpoch">Steps of an epoch, at least 1.</param>
internal readonly struct LearningRate(DescentOptions options, double rate, long stepsOfEpoch)
{
    /// <summary>η of a step.</summary>
    /// <param name="step">Its number, from 0.</param>
    public double At(long step)
    {
        double all = (double)options.Epochs * stepsOfEpoch, part = Math.Min(1, step / all);
        double factor = options.Schedule switch
        {
            DescentSchedule.Step => Math.ScaleB(1, -(int)(4 * part)),
            DescentSchedule.Inverse => 1 / (1 + ((double)step / stepsOfEpoch)),
            DescentSchedule.Exponential => Math.Pow(0.01, part),
            DescentSchedule.Cosine => 0.5 * (1 + Math.Cos(Math.PI * part)),
            _ => 1,
        };
        double warm = options.WarmUpSteps > 0 ? Math.Min(1, (step + 1.0) / options.WarmUpSteps) : 1;
        return rate * factor * warm;
    }

    /// <summary>η of consecutive steps.</summary>
    /// <param name="step">The number of the first.</param>
    /// <param name="rates">Gets them.</param>
    public void Fill(long step, Span<double> rates)
    {
        if (options.Schedule == DescentSchedule.Constant && step >= options.WarmUpSteps)
        {
            rates.Fill(rate);
            return;
        }
        for (int n = 0; n < rates.Length; n++)
        {
            rates[n] = At(step + n);
        }
    }
}
