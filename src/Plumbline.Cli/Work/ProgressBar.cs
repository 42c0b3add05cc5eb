using Spectre.Console;

namespace Plumbline.Cli.Work;

/// <summary>The bar on standard error. The only user of Spectre.Console, which is not touched by what is quick.</summary>
internal static class ProgressBar
{
    private const int Steps = 1000;

    /// <summary>Draws until the work is done.</summary>
    /// <exception cref="OperationCanceledException">The work was interrupted.</exception>
    public static void Draw(Fraction fraction, Func<string> line, ManualResetEventSlim done, CancellationToken cancellation)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
        });
        console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(line()), autoStart: true, maxValue: Steps);
                task.IsIndeterminate = true;
                while (!done.Wait(100, cancellation))
                {
                    task.Description = Markup.Escape(line());
                    if (fraction.Value > 0)
                    {
                        task.IsIndeterminate = false;
                        task.Value = fraction.Value * Steps;
                    }
                }
            });
    }
}
